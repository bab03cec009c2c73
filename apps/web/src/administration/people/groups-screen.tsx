import { useInfiniteQuery } from '@tanstack/react-query';
import { MoreButton } from '../../frame/more-button';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import { createGroup, groupsQuery } from '../../rest/administration';
import { queryClient } from '../../rest/queries';
import { Field, Form } from '../form';
import { Loaded } from '../loaded';
import { GroupCard } from './group-card';

/** Groups with their members. */
export function GroupsScreen() {
  const { text } = useTexts();
  const groups = useInfiniteQuery(groupsQuery);
  useTitle(text('groups.title'));
  const afterwards = async (done: Promise<unknown>) => {
    await done;
    await queryClient.invalidateQueries({ queryKey: groupsQuery.queryKey });
  };
  return (
    <main id="content" tabIndex={-1} className="screen">
      <h1>{text('groups.title')}</h1>
      <p className="hint">{text('groups.hint')}</p>
      <Form
        label={text('groups.create')}
        submit={text('groups.create')}
        action={({ name = '' }) => afterwards(createGroup(name))}
      >
        <Field name="name" label={text('groups.name')} />
      </Form>
      <Loaded query={groups}>
        {(all) => (
          <ul className="cards">
            {all.map(({ name }) => (
              <GroupCard key={name} name={name} />
            ))}
          </ul>
        )}
      </Loaded>
      <MoreButton list={groups} />
    </main>
  );
}

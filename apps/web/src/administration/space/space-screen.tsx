import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { AppLink } from '../../frame/app-link';
import { MoreButton } from '../../frame/more-button';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import {
  changeSpace,
  emptyTrash,
  purgeContent,
  restoreContent,
  spacePermissions,
  spaceSettingsQuery,
  trashQuery,
  type SpaceSettings,
} from '../../rest/administration';
import { queryClient } from '../../rest/queries';
import { spacesChanged } from '../../rest/spaces';
import { ActionButton } from '../action-button';
import '../administration.css';
import { Field, Form } from '../form';
import { Grants } from '../grants';
import { Loaded } from '../loaded';
import { SpaceLife } from './space-life';

const route = getRouteApi('/frame/spaces/viewspacesummary.action');

const operations = [
  ['space', 'read'],
  ['page', 'create'],
  ['page', 'delete'],
  ['blogpost', 'create'],
  ['blogpost', 'delete'],
  ['comment', 'create'],
  ['comment', 'delete'],
  ['attachment', 'create'],
  ['attachment', 'delete'],
  ['space', 'delete_own'],
  ['space', 'restrict'],
  ['space', 'export'],
  ['space', 'archive'],
  ['space', 'administer'],
].map(([targetType = '', operationKey = '']) => ({ targetType, operationKey }));

/** A space's name, who may do what in it, and its trash, for its administrators. */
export function SpaceScreen() {
  const { text } = useTexts();
  const { key } = route.useSearch();
  const space = useQuery(spaceSettingsQuery(key));
  useTitle(text('space.settings'));
  return (
    <main id="content" tabIndex={-1} className="screen" aria-busy={space.isPending}>
      <h1>{text('space.settings')}</h1>
      <Loaded query={space}>
        {(found) => (
          <>
            <p>
              <AppLink href={`/display/${encodeURIComponent(found.key)}`}>{found.name}</AppLink>
            </p>
            <Description key={found.name} space={found} />
            <section aria-labelledby="space-permissions">
              <h2 id="space-permissions">{text('space.permissions')}</h2>
              <Grants path={spacePermissions(found.key)} operations={operations} />
            </section>
            <Trash spaceKey={found.key} />
            <SpaceLife space={found} />
          </>
        )}
      </Loaded>
    </main>
  );
}

function Description({ space }: { space: SpaceSettings }) {
  const { text } = useTexts();
  const save = async ({ name = '', description = '' }: Record<string, string>) => {
    await changeSpace(space.key, name, description);
    await spacesChanged();
  };
  return (
    <Form label={text('space.settings')} submit={text('app.save')} action={save}>
      <Field name="name" label={text('space.name')} defaultValue={space.name} />
      <Field
        name="description"
        label={text('space.description')}
        defaultValue={space.description?.plain?.value ?? ''}
        required={false}
      />
    </Form>
  );
}

function Trash({ spaceKey }: { spaceKey: string }) {
  const { text, date } = useTexts();
  const trash = useInfiniteQuery(trashQuery(spaceKey));
  const afterwards = async (done: Promise<unknown>) => {
    await done;
    await queryClient.invalidateQueries({ queryKey: ['trash', spaceKey] });
    await queryClient.invalidateQueries({ queryKey: ['children'] });
  };
  return (
    <section aria-labelledby="space-trash">
      <h2 id="space-trash">{text('trash.title')}</h2>
      <Loaded query={trash}>
        {(results) => (
          <>
            {results.length === 0 && <p className="empty">{text('trash.none')}</p>}
            <ul className="rows">
              {results.map((content) => (
                <li key={content.id}>
                  <strong>{content.title}</strong>
                  <span className="hint">
                    {content.version.by.displayName}, {date(content.version.when)}
                  </span>
                  <ActionButton
                    label={text('trash.restore')}
                    of={content.title}
                    action={() => afterwards(restoreContent(content))}
                  />
                  <ActionButton
                    label={text('trash.purge')}
                    of={content.title}
                    sure={text('trash.purge.sure')}
                    action={() => afterwards(purgeContent(content.id))}
                  />
                </li>
              ))}
            </ul>
            <MoreButton list={trash} />
            {results.length > 0 && (
              <p className="actions">
                <ActionButton
                  label={text('trash.empty')}
                  sure={text('trash.purge.sure')}
                  action={() => afterwards(emptyTrash(spaceKey))}
                />
              </p>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

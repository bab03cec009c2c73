import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { MoreButton } from '../../frame/more-button';
import { useTexts } from '../../messages/language';
import { deleteGroup, groupsQuery, membersQuery, setMembership } from '../../rest/administration';
import { queryClient } from '../../rest/queries';
import { ActionButton } from '../action-button';
import { Field, Form } from '../form';
import { Loaded } from '../loaded';

/** A group with its members, who are read when somebody looks at them. */
export function GroupCard({ name }: { name: string }) {
  const { text } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const remove = async () => {
    await deleteGroup(name);
    await queryClient.invalidateQueries({ queryKey: groupsQuery.queryKey });
  };
  return (
    <li className="card">
      <header>
        <h2>{name}</h2>
        <ActionButton label={text('groups.delete')} of={name} sure={text('groups.delete.sure')} action={remove} />
      </header>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{text('groups.members')}</summary>
        {isOpen && <Members group={name} />}
      </details>
    </li>
  );
}

function Members({ group }: { group: string }) {
  const { text } = useTexts();
  const members = useInfiniteQuery(membersQuery(group));
  const change = async (username: string, member: boolean) => {
    await setMembership(username, group, member);
    await queryClient.invalidateQueries({ queryKey: ['members', group] });
    await queryClient.invalidateQueries({ queryKey: ['groups of', username] });
  };
  return (
    <>
      <Form
        label={`${text('groups.addMember')}: ${group}`}
        submit={text('groups.addMember')}
        action={({ username = '' }) => change(username, true)}
      >
        <Field name="username" label={text('groups.username')} />
      </Form>
      <Loaded query={members}>
        {(results) => (
          <>
            {results.length === 0 && <p className="empty">{text('groups.noMembers')}</p>}
            <ul className="rows">
              {results.map(({ userKey, username, displayName }) => (
                <li key={userKey}>
                  <strong>{displayName}</strong>
                  <span className="hint">{username}</span>
                  <ActionButton
                    label={text('groups.removeMember')}
                    of={username}
                    action={() => change(username, false)}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <MoreButton list={members} />
    </>
  );
}

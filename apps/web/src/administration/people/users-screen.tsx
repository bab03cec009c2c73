import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { MoreButton } from '../../frame/more-button';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import {
  accountsQuery,
  createAccount,
  enableAccount,
  groupsOfQuery,
  groupsQuery,
  setMembership,
  setPassword,
  type Account,
} from '../../rest/administration';
import { queryClient } from '../../rest/queries';
import { ActionButton } from '../action-button';
import { Field, Form } from '../form';
import { Loaded } from '../loaded';
import { Refusal } from '../../frame/refusal';

const accountsChanged = () => queryClient.invalidateQueries({ queryKey: ['accounts'] });

/** Everybody who has an account: making, disabling, groups and passwords. */
export function UsersScreen() {
  const { text } = useTexts();
  const [words, setWords] = useState('');
  const accounts = useInfiniteQuery(accountsQuery(useDeferredValue(words)));
  useTitle(text('users.title'));
  const create = async (fields: Record<string, string>) => {
    await createAccount(fields);
    await accountsChanged();
  };
  return (
    <main id="content" tabIndex={-1} className="screen">
      <h1>{text('users.title')}</h1>
      <details className="panel">
        <summary>{text('users.create')}</summary>
        <Form label={text('users.create')} submit={text('users.create')} action={create}>
          <Field name="userName" label={text('users.username')} />
          <Field name="fullName" label={text('users.name')} />
          <Field name="email" label={text('users.email')} type="email" required={false} />
          <Field name="password" label={text('users.password')} type="password" />
        </Form>
      </details>
      <label className="search-field">
        <span>{text('users.find')}</span>
        <input type="search" value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <Loaded query={accounts}>
        {(results) => (
          <ul className="cards">
            {results.map((account) => (
              <AccountCard key={account.userKey} account={account} />
            ))}
          </ul>
        )}
      </Loaded>
      <MoreButton list={accounts} />
    </main>
  );
}

function AccountCard({ account: { username, displayName, email, status } }: { account: Account }) {
  const { text } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const isActive = status === 'active';
  const toggle = async () => {
    await enableAccount(username, !isActive);
    await accountsChanged();
  };
  return (
    <li className="card">
      <header>
        <h2>{displayName}</h2>
        {!isActive && <span className="lozenge state-draining">{text('users.disabled')}</span>}
        <ActionButton label={text(isActive ? 'users.disable' : 'users.enable')} of={username} action={toggle} />
      </header>
      <p className="hint">{[username, email].filter(Boolean).join(' · ')}</p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{text('users.details')}</summary>
        {isOpen && <Groups username={username} />}
        {isOpen && (
          <Form
            label={text('users.setPassword')}
            submit={text('users.setPassword')}
            action={({ password = '' }) => setPassword(username, password)}
          >
            <Field name="password" label={text('users.newPassword')} type="password" />
          </Form>
        )}
      </details>
    </li>
  );
}

function Groups({ username }: { username: string }) {
  const { text } = useTexts();
  const all = useInfiniteQuery(groupsQuery);
  const own = useInfiniteQuery(groupsOfQuery(username));
  const changing = useMutation({
    mutationFn: async ({ group, member }: { group: string; member: boolean }) => {
      await setMembership(username, group, member);
      await own.refetch();
    },
  });
  const { error, isPending, variables } = changing;
  return (
    <Loaded query={own}>
      {(groups) => (
        <fieldset className="checks">
          <legend>{text('groups.title')}</legend>
          {all.data?.map(({ name: group }) => (
            <label key={group} className="check">
              <input
                type="checkbox"
                checked={
                  isPending && variables.group === group ? variables.member : groups.some(({ name }) => name === group)
                }
                onChange={(event) => changing.mutate({ group, member: event.target.checked })}
              />
              {group}
            </label>
          ))}
          <MoreButton list={all} />
          <Refusal error={error} />
        </fieldset>
      )}
    </Loaded>
  );
}

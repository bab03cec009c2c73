import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionButton } from '../administration/action-button';
import '../administration/administration.css';
import { Field, Form } from '../administration/form';
import { Loaded } from '../administration/loaded';
import { useTitle } from '../frame/title';
import { useTexts } from '../messages/language';
import { createToken, revokeToken, tokensQuery, type Token } from '../rest/administration';
import { queryClient } from '../rest/queries';
import { mySessionQuery, sessionQuery } from '../rest/session';

/** How one is signed in, at which node, and the tokens of one's programs. */
export function MySettings() {
  const { text } = useTexts();
  const session = useQuery({ ...mySessionQuery, refetchInterval: 2_000, staleTime: 0 });
  const { data: user } = useQuery(sessionQuery);
  useTitle(text('settings.title'));
  return (
    <main id="content" tabIndex={-1} className="screen">
      <h1>{text('settings.title')}</h1>
      <section className="card" aria-labelledby="my-session">
        <h2 id="my-session">{text('settings.session')}</h2>
        <Loaded query={session}>
          {({ node, groups, kind }) => (
            <dl>
              {[
                [text('settings.user'), `${user?.displayName ?? ''} (${user?.username ?? ''})`],
                [text('settings.node'), node.nodeId],
                [text('settings.version'), node.version],
                [text('settings.kind'), text(`settings.kind.${kind}`)],
                [text('groups.title'), groups.join(', ')],
              ].map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </Loaded>
      </section>
      <Tokens />
    </main>
  );
}

function Tokens() {
  const { text, date } = useTexts();
  const tokens = useQuery(tokensQuery);
  const [made, setMade] = useState<Token>();
  const changed = () => queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const make = async ({ name = '', days = '' }: Record<string, string>) => {
    setMade(await createToken(name, days === '' ? undefined : Number(days)));
    await changed();
  };
  const revoke = async (id: number) => {
    await revokeToken(id);
    if (made?.id === id) setMade(undefined);
    await changed();
  };
  return (
    <section aria-labelledby="my-tokens">
      <h2 id="my-tokens">{text('tokens.title')}</h2>
      <p className="hint">{text('tokens.hint')}</p>
      <Form label={text('tokens.create')} submit={text('tokens.create')} action={make}>
        <Field name="name" label={text('tokens.name')} />
        <Field name="days" label={text('tokens.days')} type="number" required={false} />
      </Form>
      <div role="status">
        {made?.rawToken !== undefined && (
          <p className="card">
            {text('tokens.once')} <code className="secret">{made.rawToken}</code>
          </p>
        )}
      </div>
      <Loaded query={tokens}>
        {(all) => (
          <ul className="rows">
            {all.length === 0 && <li className="hint">{text('tokens.none')}</li>}
            {all.map((token) => (
              <li key={token.id}>
                <strong>{token.name}</strong>
                <span className="hint">
                  {token.expiringAt === null
                    ? text('tokens.endless')
                    : text('tokens.until', { date: date(token.expiringAt) })}
                </span>
                <ActionButton
                  label={text('tokens.revoke')}
                  of={token.name}
                  sure={text('tokens.revoke.sure')}
                  action={() => revoke(token.id)}
                />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

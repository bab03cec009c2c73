import { useInfiniteQuery, useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AppLink } from '../frame/app-link';
import { MoreButton } from '../frame/more-button';
import { useTitle } from '../frame/title';
import { useTexts } from '../messages/language';
import { recentPages } from '../recent/recent-pages';
import { myDraftsQuery } from '../rest/drafts';
import { updatedQuery } from '../rest/search';
import { sessionQuery } from '../rest/session';
import { spacesQuery } from '../rest/spaces';
import { ToSignIn } from '../session/to-sign-in';
import { NoSpaces } from '../spaces/no-spaces';
import { SpaceCard } from '../spaces/space-card';
import '../spaces/spaces.css';
import './dashboard.css';
import { Watched } from './watched';

const spacesMax = 6;
const recentMax = 8;

/** Where somebody begins: what changed, what they read last, and the spaces. */
export function Dashboard() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const { data } = useSuspenseInfiniteQuery(spacesQuery);
  const spaces = data.pages[0]?.results ?? [];
  useTitle(text('dashboard.title'));
  if (user?.type === 'anonymous' && spaces.length === 0) return <ToSignIn />;
  return (
    <main id="content" tabIndex={-1} className="dashboard">
      <h1>{text('dashboard.title')}</h1>
      <div className="dashboard-columns">
        <Updated />
        {user?.type === 'known' && (
          <div>
            <Drafts />
            <Watched />
            <Viewed key={user.username} username={user.username} />
          </div>
        )}
      </div>
      <section className="dashboard-spaces spaces" aria-labelledby="dashboard-spaces">
        <h2 id="dashboard-spaces">{text('spaces.title')}</h2>
        {spaces.length === 0 ? (
          <div className="empty">
            <NoSpaces />
          </div>
        ) : (
          <ul>
            {spaces.slice(0, spacesMax).map((space) => (
              <SpaceCard key={space.key} space={space} />
            ))}
          </ul>
        )}
        {spaces.length > spacesMax && <Link to="/spaces">{text('app.toSpaces')}</Link>}
      </section>
    </main>
  );
}

function Updated() {
  const { text, date } = useTexts();
  const { data, error, refetch } = useQuery(updatedQuery);
  return (
    <section aria-labelledby="dashboard-updated">
      <h2 id="dashboard-updated">{text('dashboard.updated')}</h2>
      {error && (
        <p role="alert">
          {text('error.unavailable.title')}{' '}
          <button type="button" className="button" onClick={() => void refetch()}>
            {text('app.retry')}
          </button>
        </p>
      )}
      {!data && !error && <p aria-busy="true">{text('app.loading')}</p>}
      {data?.results.length === 0 && <p className="empty">{text('dashboard.nothing')}</p>}
      <ul>
        {data?.results.map((result) => (
          <li key={result.content.id}>
            <AppLink href={result.url}>{result.title}</AppLink>
            <small>
              {result.resultGlobalContainer.title} · {result.content.version?.by.displayName} ·{' '}
              <time dateTime={result.lastModified}>{date(result.lastModified)}</time>
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Drafts() {
  const { text, date } = useTexts();
  const list = useInfiniteQuery(myDraftsQuery);
  const { data: drafts } = list;
  return (
    <section aria-labelledby="dashboard-drafts">
      <h2 id="dashboard-drafts">{text('dashboard.drafts')}</h2>
      {drafts?.length === 0 && <p className="empty">{text('dashboard.noDrafts')}</p>}
      <ul>
        {drafts?.map((draft) => (
          <li key={draft.contentId}>
            <AppLink href={draft._links.edit}>{draft.title || text('editor.untitled')}</AppLink>
            <small>
              {draft.space.name} · <time dateTime={draft.savedAt}>{date(draft.savedAt)}</time>
              {draft.status !== 'draft' && ` · ${text('dashboard.unpublished')}`}
            </small>
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </section>
  );
}

function Viewed({ username }: { username: string | undefined }) {
  const { text } = useTexts();
  const [pages] = useState(() => recentPages(username).slice(0, recentMax));
  if (username === undefined) return null;
  return (
    <section aria-labelledby="dashboard-viewed">
      <h2 id="dashboard-viewed">{text('search.recent')}</h2>
      {pages.length === 0 && <p className="empty">{text('search.noRecent')}</p>}
      <ul>
        {pages.map((page) => (
          <li key={page.id}>
            <AppLink href={page.href}>{page.title}</AppLink>
            <small>{page.space}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

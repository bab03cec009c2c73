import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { PageActions } from '../editor/page-actions';
import { AppLink } from '../frame/app-link';
import { useTitle } from '../frame/title';
import { useTexts } from '../messages/language';
import { useRecentPage } from '../recent/recent-pages';
import { operationsQuery } from '../rest/page-sides';
import type { Page } from '../rest/pages';
import { homePageIdQuery } from '../rest/spaces';
import { blogAddress } from './addresses';
import { Contents } from './body/contents';
import { RenderedBody } from './body/rendered-body';
import { Versions } from './history/versions';
import { Labels } from './information/labels';
import { WatchButton } from './information/watch-button';

/** Not needed to read the text. */
const PageSides = lazy(() => import('./page-sides'));
const LivePage = lazy(() => import('../live/live-page'));

/** A page to read. */
export function Article({ page }: { page: Page }) {
  const { text } = useTexts();
  const [versionsOpen, setVersionsOpen] = useState(false);
  const article = useRef<HTMLElement>(null);
  const { data: operations } = useQuery(operationsQuery(page.id));
  const mayEdit = page.status === 'current' && operations?.includes('update') === true;
  const html = page.body.view.value;
  useTitle(page.title === page.space.name ? page.title : `${page.title} · ${page.space.name}`);
  useRecentPage({ id: page.id, title: page.title, space: page.space.name, href: page._links.webui });
  const showVersions = () => {
    setVersionsOpen(true);
    const summary = document.querySelector<HTMLElement>('#versions > summary');
    summary?.focus();
  };
  return (
    <main id="content" tabIndex={-1} className="page">
      <Suspense>
        <LivePage page={page} />
      </Suspense>
      <Breadcrumb page={page} />
      <article ref={article}>
        <PageActions page={page} />
        <h1>{page.title}</h1>
        <Byline page={page} showVersions={showVersions} />
        <FormerTitle title={page.title} />
        {page.status === 'historical' && <OldVersion page={page} />}
        {html === '' ? (
          <p className="empty">{text('page.empty')}</p>
        ) : (
          <RenderedBody html={html} tickable={mayEdit ? page.id : undefined} />
        )}
      </article>
      <Contents article={article} html={html} />
      <Labels page={page} />
      <Suspense>
        <PageSides page={page} article={article}>
          <Versions id={page.id} shown={page.version.number} open={versionsOpen} setOpen={setVersionsOpen} />
        </PageSides>
      </Suspense>
    </main>
  );
}

function Byline({ page, showVersions }: { page: Page; showVersions(): void }) {
  const { text, date } = useTexts();
  return (
    <p className="byline">
      {text('page.updated', { date: date(page.version.when), name: page.version.by.displayName })}
      <button type="button" className="link" onClick={showVersions}>
        {text('page.version', { number: page.version.number })}
      </button>
      {page.status === 'current' && <WatchButton pageId={page.id} />}
    </p>
  );
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The title by which the page was asked for that is shown, and which it hasn't any more. */
    formerTitle?: string;
  }
}

/** Who came by an old link sees that it is the page that they meant. */
function FormerTitle({ title }: { title: string }) {
  const { text } = useTexts();
  const { formerTitle } = useLocation({ select: ({ state }) => state });
  if (formerTitle === undefined || formerTitle === title) return null;
  return (
    <p className="former-title" role="status">
      {text('page.formerTitle', { title: formerTitle })}
    </p>
  );
}

function OldVersion({ page }: { page: Page }) {
  const { text, date } = useTexts();
  return (
    <p className="old-version" role="status">
      {text('page.oldVersion', { number: page.version.number, date: date(page.version.when) })}{' '}
      <AppLink href={`/pages/viewpage.action?pageId=${page.id}`}>{text('page.toCurrent')}</AppLink>
    </p>
  );
}

/** The way from the space to the page. The space stands for its home page, which is above nearly every page. */
function Breadcrumb({ page }: { page: Page }) {
  const { text } = useTexts();
  // Until the space has told it, the page at the top is taken for its home page.
  const { data: homeId = page.ancestors[0]?.id } = useQuery(homePageIdQuery(page.space.key));
  const above = page.ancestors.filter((ancestor) => ancestor.id !== homeId);
  return (
    <nav aria-label={text('page.breadcrumb')} className="breadcrumb">
      <ol>
        <li>
          <AppLink href={page.space._links.webui}>{page.space.name}</AppLink>
        </li>
        {page.type === 'blogpost' && (
          <li>
            <AppLink href={blogAddress(page.space.key)}>{text('blog.title')}</AppLink>
          </li>
        )}
        {above.map((ancestor) => (
          <li key={ancestor.id}>
            <AppLink href={ancestor._links.webui}>{ancestor.title}</AppLink>
          </li>
        ))}
        {page.id !== homeId && <li aria-current="page">{page.title}</li>}
      </ol>
    </nav>
  );
}

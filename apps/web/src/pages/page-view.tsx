import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { readPage, type Content } from '../api';
import { Failure } from '../frame/failure';
import { useTitle } from '../frame/title';
import { useLoading } from '../loading';
import { useTexts } from '../messages/language';
import { useSession } from '../session/session';
import { PageTree } from './page-tree';
import { RenderedBody } from './rendered-body';
import { Versions } from './versions';
import { Waiting } from './waiting';

/** A page to read, beside the tree of its space. `?version=N` shows an old version. */
export function PageView({ id }: { id: string }) {
  const { language } = useTexts();
  const { user } = useSession();
  const [parameters] = useSearchParams();
  const version = Number(parameters.get('version')) || undefined;
  const [drawerOpen, setDrawerOpen] = useState(false);
  const page = useLoading((signal) => readPage(id, version, signal), [id, version, language, user]);
  useTitle(page.state === 'done' ? page.value.title : undefined);
  if (page.state === 'failed') return <Failure error={page.error} retry={page.retry} />;
  if (page.state === 'loading') return <Waiting />;
  return (
    <div className={`reading${drawerOpen ? ' drawer-open' : ''}`}>
      <Drawer page={page.value} open={drawerOpen} setOpen={setDrawerOpen} />
      <Article page={page.value} isOld={version !== undefined && page.value.status === 'historical'} />
    </div>
  );
}

/** The tree; at a phone's width it lies over the page until it is closed. */
function Drawer({ page, open, setOpen }: { page: Content; open: boolean; setOpen: (open: boolean) => void }) {
  const { text } = useTexts();
  return (
    <>
      <button
        type="button"
        className="drawer-button quiet"
        aria-expanded={open}
        aria-controls="page-tree"
        onClick={() => setOpen(!open)}
      >
        ☰ {open ? text('app.closeMenu') : text('app.menu')}
      </button>
      <aside id="page-tree" onClick={(event) => event.target instanceof HTMLAnchorElement && setOpen(false)}>
        <PageTree page={page} />
      </aside>
    </>
  );
}

function Article({ page, isOld }: { page: Content; isOld: boolean }) {
  const { text, date } = useTexts();
  const html = page.body?.view?.value ?? '';
  const labels = page.metadata?.labels?.results ?? [];
  return (
    <main id="content">
      <Breadcrumb page={page} />
      <article>
        <h1>{page.title}</h1>
        <p className="byline">
          {text('page.updated', { date: date(page.version.when), name: page.version.by.displayName })} ·{' '}
          {text('page.version', { number: page.version.number })}
        </p>
        {isOld && (
          <p className="old-version" role="status">
            {text('page.oldVersion', { number: page.version.number, date: date(page.version.when) })}{' '}
            <Link to={`/pages/viewpage.action?pageId=${page.id}`}>{text('page.toCurrent')}</Link>
          </p>
        )}
        {html === '' ? <p className="empty">{text('page.empty')}</p> : <RenderedBody html={html} />}
      </article>
      {labels.length > 0 && (
        <section className="labels" aria-label={text('page.labels')}>
          <ul>
            {labels.map((label) => (
              <li key={label.name}>{label.name}</li>
            ))}
          </ul>
        </section>
      )}
      <Versions id={page.id} shown={page.version.number} />
    </main>
  );
}

function Breadcrumb({ page }: { page: Content }) {
  const { text } = useTexts();
  return (
    <nav aria-label={text('page.breadcrumb')} className="breadcrumb">
      <ol>
        <li>
          <Link to={`/display/${encodeURIComponent(page.space.key)}`}>{page.space.name}</Link>
        </li>
        {page.ancestors?.map((ancestor) => (
          <li key={ancestor.id}>
            <Link to={ancestor._links.webui}>{ancestor.title}</Link>
          </li>
        ))}
        <li aria-current="page">{page.title}</li>
      </ol>
    </nav>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { CreateMenu } from '../create/create-menu';
import { useTexts } from '../messages/language';
import { servedBy } from '../rest/client';
import { siteQuery } from '../rest/site';
import { QuickSearch } from '../search/quick-search';
import { ShortcutsKey } from '../shortcuts/shortcuts-key';
import { Account } from './account';
import { ModeNotice } from './mode-notice';

/** What every screen stands in: header, content, footer. */
export function Frame() {
  const { text } = useTexts();
  const { data: site } = useQuery(siteQuery);
  const node = useSyncExternalStore(servedBy.subscribe, servedBy.get);
  const isLoading = useRouterState({ select: (state) => state.isLoading });
  useFocusOnContent();
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {text('app.skip')}
      </a>
      <header className="bar">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="26" height="26" />
          <span>{site?.name ?? text('app.name')}</span>
        </Link>
        <nav aria-label={text('app.main')}>
          <Link to="/spaces">{text('spaces.title')}</Link>
        </nav>
        <QuickSearch />
        <CreateMenu />
        <ShortcutsKey />
        <Account />
        {isLoading && <div className="progress" role="progressbar" aria-label={text('app.loading')} />}
      </header>
      <div>
        <ModeNotice />
        <Outlet />
      </div>
      <footer className="foot">{node && <span>{text('app.servedBy', { node })}</span>}</footer>
    </div>
  );
}

/** On another screen the reader's place is its content, not the link that has gone; a link to an anchor says itself where. */
function useFocusOnContent(): void {
  const { pathname, searchStr, hash } = useRouterState({ select: (state) => state.resolvedLocation ?? state.location });
  const shown = useRef<string>(undefined);
  const screen = useRef(pathname);
  useEffect(() => {
    const address = `${pathname}${searchStr}`;
    const isFirst = shown.current === undefined;
    if (shown.current === address) return;
    shown.current = address;
    const isStaying = screen.current === pathname && isInField();
    screen.current = pathname;
    if (!isFirst && !isStaying && hash === '') document.getElementById('content')?.focus({ preventScroll: true });
  }, [pathname, searchStr, hash]);
}

/** Whether the reader is filling in something of the content, which a new list below it doesn't end. */
const isInField = (): boolean => document.activeElement?.matches('#content :is(input, select, textarea)') ?? false;

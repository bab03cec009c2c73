import { useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, type MouseEvent, type RefObject } from 'react';
import { opensHere } from '../../frame/app-link';
import { useTexts } from '../../messages/language';
import { isOwnAddress } from '../addresses';
import { prepareBody } from './prepare-body';
import './text.css';
import './macros.css';

/** A page's body. Links inside the wiki don't load the application anew; anchors open what hides them. */
export function RenderedBody({ html }: { html: string }) {
  const { text } = useTexts();
  const router = useRouter();
  const body = useRef<HTMLDivElement>(null);
  const prepared = useMemo(
    () => ({
      __html: prepareBody(html, {
        taskDone: text('body.taskDone'),
        taskOpen: text('body.taskOpen'),
        source: text('body.source'),
      }),
    }),
    [html, text],
  );
  useAnchor(body, prepared.__html);
  useScrollers(body, prepared.__html, text('body.scrolls'));
  useFinding(body);

  const click = (event: MouseEvent<HTMLDivElement>) => {
    if (!(event.target instanceof Element)) return;
    const control = event.target.closest('.expand-control');
    if (control) return setExpanded(control, control.getAttribute('aria-expanded') !== 'true');
    const link = event.target.closest('a');
    if (!link || link.target || !opensHere(event) || !isOwnAddress(link)) return;
    event.preventDefault();
    void router.navigate({ href: `${link.pathname}${link.search}${link.hash}` });
  };
  return <div className="wiki-content" ref={body} onClick={click} dangerouslySetInnerHTML={prepared} />;
}

function setExpanded(control: Element, isExpanded: boolean): void {
  control.setAttribute('aria-expanded', String(isExpanded));
  const content = control.nextElementSibling;
  if (isExpanded) content?.removeAttribute('hidden');
  else content?.setAttribute('hidden', 'until-found');
}

/** Shows what is around an element: every expand that it lies in. */
function reveal(element: Element): void {
  for (
    let part = element.closest('.expand-content');
    part;
    part = part.parentElement?.closest('.expand-content') ?? null
  ) {
    if (part.previousElementSibling) setExpanded(part.previousElementSibling, true);
  }
}

/** Places in the browser's history whose anchor was gone to; on the way back one finds them as they were left. */
const reached = new Set<string | undefined>();

/** Goes to the anchor that the address names, as the browser would if the body had been there from the start. */
function useAnchor(body: RefObject<HTMLElement | null>, html: string): void {
  const { hash, state } = useLocation();
  useEffect(() => {
    const target = hash === '' ? null : body.current?.querySelector<HTMLElement>(`[id="${CSS.escape(hash)}"]`);
    if (!target) return;
    reveal(target);
    const place = state.__TSR_key;
    if (reached.has(place)) return;
    reached.add(place);
    target.scrollIntoView();
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    // `state` differs each time: a link to the same anchor goes there again.
  }, [body, hash, html, state]);
}

/** The browser's search opens what it found something in. */
function useFinding(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const container = body.current;
    const found = (event: Event) => event.target instanceof Element && reveal(event.target);
    container?.addEventListener('beforematch', found);
    return () => container?.removeEventListener('beforematch', found);
  }, [body]);
}

/** What is wider than the page scrolls by itself, also with the keyboard, and says so. */
function useScrollers(body: RefObject<HTMLElement | null>, html: string, label: string): void {
  useEffect(() => {
    const scrollers = [...(body.current?.querySelectorAll<HTMLElement>('.table-wrap, pre') ?? [])];
    const observer = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        const scrolls = target.scrollWidth > target.clientWidth;
        const attributes = { tabindex: '0', role: 'region', 'aria-label': label };
        for (const [name, value] of Object.entries(attributes)) {
          if (scrolls) target.setAttribute(name, value);
          else target.removeAttribute(name);
        }
      }
    });
    for (const scroller of scrollers) observer.observe(scroller);
    return () => observer.disconnect();
  }, [body, html, label]);
}

import { useLocation, useRouter } from '@tanstack/react-router';
import {
  lazy,
  Suspense,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type RefObject,
} from 'react';
import { opensHere } from '../../frame/app-link';
import { copyText } from '../../frame/copy-text';
import { useTexts } from '../../messages/language';
import { isOwnAddress } from '../addresses';
import type { Picture } from './lightbox';
import { prepareBody } from './prepare-body';
import { useHighlighting } from './use-code';
import { useTasks } from './use-tasks';
import './text.css';
import './macros.css';
import './comfort.css';

const Lightbox = lazy(() => import('./lightbox'));

interface RenderedBodyProperties {
  readonly html: string;
  /** The content that it is the body of, where the reader may tick its tasks. */
  readonly tickable?: string | undefined;
}

/** A page's body. Links inside the wiki don't load the application anew; anchors open what hides them. */
export function RenderedBody({ html, tickable }: RenderedBodyProperties) {
  const { text } = useTexts();
  const router = useRouter();
  const body = useRef<HTMLDivElement>(null);
  const prepared = useMemo(
    () => ({
      __html: prepareBody(html, {
        taskDone: text('body.taskDone'),
        taskOpen: text('body.taskOpen'),
        source: text('body.source'),
        copy: text('body.copy'),
        enlarge: text('lightbox.open'),
      }),
    }),
    [html, text],
  );
  useAnchor(body, prepared.__html);
  useScrollers(body, prepared.__html, text('body.scrolls'));
  useFinding(body);
  useHighlighting(body, prepared.__html);
  const opened = useKeptOpen(body, prepared.__html);
  const tasks = useTasks(body, prepared.__html, tickable);
  const [enlarged, setEnlarged] = useState<Enlarged>();

  const click = (event: MouseEvent<HTMLDivElement>) => {
    if (!(event.target instanceof Element)) return;
    const control = event.target.closest('.expand-control');
    if (control) return opened(control, control.getAttribute('aria-expanded') !== 'true');
    if (tasks.tick(event.target)) return;
    const copier = event.target.closest<HTMLElement>('.code-copy');
    if (copier) return void copyCode(copier, text('app.copied'));
    const link = event.target.closest('a');
    if (link?.classList.contains('image-link') && opensHere(event)) {
      event.preventDefault();
      return setEnlarged(enlargedIn(event.currentTarget, link));
    }
    if (!link || link.target || !opensHere(event) || !isOwnAddress(link)) return;
    event.preventDefault();
    void router.navigate({ href: `${link.pathname}${link.search}${link.hash}` });
  };
  return (
    <>
      <div
        className="wiki-content"
        ref={body}
        onClick={click}
        onKeyDown={tasks.press}
        onFocus={tasks.focus}
        dangerouslySetInnerHTML={prepared}
      />
      {tasks.failure && (
        <p role="alert" className="task-failure">
          {tasks.failure}
        </p>
      )}
      {enlarged && (
        <Suspense>
          <Lightbox {...enlarged} close={() => setEnlarged(undefined)} />
        </Suspense>
      )}
    </>
  );
}

interface Enlarged {
  readonly pictures: readonly Picture[];
  readonly first: number;
}

function enlargedIn(body: Element, chosen: Element): Enlarged {
  const links = [...body.querySelectorAll<HTMLAnchorElement>('.image-link')];
  const pictures = links.map((link) => ({ address: link.href, name: link.querySelector('img')?.alt ?? '' }));
  return { pictures, first: links.findIndex((link) => link === chosen) };
}

/** How long a button says that it did its work. */
const saidMillis = 2_000;

async function copyCode(button: HTMLElement, done: string): Promise<void> {
  const pre = button.parentElement?.querySelector('pre');
  const name = button.textContent;
  if (name === done || !(await copyText(pre?.textContent ?? ''))) return;
  button.textContent = done;
  button.classList.add('copied');
  button.setAttribute('role', 'status');
  setTimeout(() => {
    button.textContent = name;
    button.classList.remove('copied');
    button.removeAttribute('role');
  }, saidMillis);
}

function setExpanded(control: Element, isExpanded: boolean): void {
  control.setAttribute('aria-expanded', String(isExpanded));
  const content = control.nextElementSibling;
  if (isExpanded) content?.removeAttribute('hidden');
  else content?.setAttribute('hidden', 'until-found');
}

/** Opens and closes expands; those that were opened are open still when the body is read anew. */
function useKeptOpen(body: RefObject<HTMLElement | null>, html: string): typeof setExpanded {
  const open = useRef(new Set<string>());
  useLayoutEffect(() => {
    for (const control of body.current?.querySelectorAll('.expand-control') ?? []) {
      if (open.current.has(control.getAttribute('aria-controls') ?? '')) setExpanded(control, true);
    }
  }, [body, html]);
  return (control, isExpanded) => {
    const id = control.getAttribute('aria-controls') ?? '';
    if (isExpanded) open.current.add(id);
    else open.current.delete(id);
    setExpanded(control, isExpanded);
  };
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
        const attributes = { tabindex: '0', role: 'group', 'aria-label': label };
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

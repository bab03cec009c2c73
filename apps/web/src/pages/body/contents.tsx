import { useEffect, useState, type RefObject } from 'react';
import { useTexts } from '../../messages/language';

interface Heading {
  readonly id: string;
  readonly text: string;
  readonly level: number;
}

/** Where there are more, those of the smallest level would hide the others. */
const smallOnesMax = 24;
const smallLevel = 4;
/** Fewer headings are seen at a glance. */
const headingsMin = 3;
/** Below the header, where a heading that was gone to comes to lie. */
const readingLine = 110;

/** The headings of what is read, beside it on wide screens; the one that is being read is marked. */
export function Contents({ article, html }: { article: RefObject<HTMLElement | null>; html: string }) {
  const { text } = useTexts();
  const [headings, setHeadings] = useState<readonly Heading[]>([]);
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    const elements = headingsIn(article.current);
    const top = Math.min(...elements.map(levelOf));
    setHeadings(
      elements.map((element) => ({ id: element.id, text: element.textContent ?? '', level: levelOf(element) - top })),
    );
    const follow = () => {
      const passed = elements.findLast((element) => element.getBoundingClientRect().top < readingLine);
      setCurrent((passed ?? elements[0])?.id);
    };
    let frame = 0;
    const scroll = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(follow);
    };
    follow();
    addEventListener('scroll', scroll, { passive: true });
    return () => {
      removeEventListener('scroll', scroll);
      cancelAnimationFrame(frame);
    };
  }, [article, html]);
  if (headings.length < headingsMin) return null;
  return (
    <nav className="contents" aria-label={text('contents.title')}>
      <p aria-hidden="true">{text('contents.title')}</p>
      <ul>
        {headings.map((heading) => (
          <li key={heading.id} style={{ '--level': heading.level }}>
            <a href={`#${encodeURIComponent(heading.id)}`} aria-current={heading.id === current ? 'true' : undefined}>
              {heading.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const levelOf = (element: Element): number => Number(element.tagName[1]);

/** Those that are seen, and not inside of a box or a table. */
function headingsIn(article: HTMLElement | null): HTMLElement[] {
  const all = [...(article?.querySelectorAll<HTMLElement>('.wiki-content :is(h1, h2, h3, h4)[id]') ?? [])].filter(
    (heading) =>
      (heading.textContent ?? '').trim() !== '' &&
      !heading.closest('.panel, table, .expand-content, .confluence-information-macro'),
  );
  return all.length <= smallOnesMax ? all : all.filter((heading) => levelOf(heading) < smallLevel);
}

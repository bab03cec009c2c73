import type { Snippet } from '../index/search-index.js';
import { excerptOf, highlight } from './excerpt.js';

/** What a result shows of the text that was sought. */
interface Found {
  readonly sought: RegExp | undefined;
  readonly excerpt: 'highlight' | 'indexed' | 'none';
}

/** Words for how long ago something was, in English; the web application says it in the reader's language. */
function friendly(date: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  if (minutes < 1) return 'just a moment ago';
  if (minutes < 60) return `about ${minutes} minute${minutes === 1 ? '' : 's'} ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `about ${hours} hour${hours === 1 ? '' : 's'} ago`;
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}

/** One result of `GET /search`. */
export function presentResult(
  content: Record<string, unknown>,
  snippet: Snippet,
  { sought, excerpt }: Found,
  score: number,
): Record<string, unknown> {
  const marks = excerpt === 'highlight' ? sought : undefined;
  // Comments have no title of their own in the index: they are named by their page.
  const title = snippet.title || String(content['title']);
  return {
    content,
    title: highlight(title, marks),
    excerpt: excerpt === 'none' ? '' : highlight(excerptOf(snippet.text, sought), marks),
    url: snippet.webui,
    resultGlobalContainer: { title: snippet.spaceName, displayUrl: `/display/${encodeURIComponent(snippet.spaceKey)}` },
    breadcrumbs: [],
    entityType: 'content',
    iconCssClass: `aui-icon content-type-${snippet.type}`,
    lastModified: snippet.lastModified,
    friendlyLastModified: friendly(new Date(snippet.lastModified), new Date()),
    score,
  };
}

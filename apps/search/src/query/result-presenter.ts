import type { Snippet } from '../index/search-index.js';

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
  score: number,
): Record<string, unknown> {
  return {
    content,
    title: snippet.title,
    excerpt: snippet.excerpt,
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

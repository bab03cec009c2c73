/** What of a page the web application shows at first: the same as in its `rest/pages.ts`. */
const parts = ['body.view', 'version', 'space', 'ancestors', 'metadata.labels'];
const expand = parts.join(',');

const encoded = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();

/**
 * The REST request that the web application will send first when it is opened at an address of a page, written as it writes it;
 * undefined at all other addresses. One that it writes otherwise would be answered for nothing, and no worse.
 */
export function firstQuestionOf(url: string): string | undefined {
  const { pathname, searchParams } = new URL(url, 'http://gateway');
  if (pathname === '/pages/viewpage.action') return byParameters(searchParams);
  const [, first, key, second, id] = pathname.split('/').map(decoded);
  if (first === 'spaces' && second === 'pages') return byId(id ?? '');
  if (first !== 'display' || !key) return undefined;
  const title = pathname.split('/').slice(3).map(decoded).join('/').replace(/\/$/, '');
  return title === '' ? home(key) : byTitledPath(key, title);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function byParameters(parameters: URLSearchParams): string | undefined {
  const [id, spaceKey, title] = ['pageId', 'spaceKey', 'title'].map((name) => parameters.get(name) || undefined);
  const version = Number(parameters.get('version')) || undefined;
  if (id !== undefined) return byId(id, version);
  return spaceKey && title ? byTitle(spaceKey, title) : undefined;
}

function byId(id: string, version?: number): string | undefined {
  if (!/^\d{1,18}$/.test(id)) return undefined;
  const old = version === undefined ? '' : `&status=historical&version=${version}`;
  return `/rest/api/content/${id}?expand=${expand}${old}`;
}

/** A blog post has its day before the title. */
function byTitledPath(spaceKey: string, path: string): string {
  const [, year, month, day, title] = /^(\d{4})\/(\d{2})\/(\d{2})\/(.+)$/.exec(path) ?? [];
  if (title === undefined) return byTitle(spaceKey, path.replaceAll('+', ' '));
  return byTitle(spaceKey, title.replaceAll('+', ' '), { type: 'blogpost', postingDay: `${year}-${month}-${day}` });
}

const byTitle = (spaceKey: string, title: string, ofDay: Record<string, string> = {}): string =>
  `/rest/api/content?${encoded({ spaceKey, title, ...ofDay, expand, limit: '1' })}`;

const home = (spaceKey: string): string =>
  `/rest/api/space/${encodeURIComponent(spaceKey)}?expand=${['homepage', ...parts.map((part) => `homepage.${part}`)].join(',')}`;

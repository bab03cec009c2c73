/** A page by its title, or a blog post, whose titles are each day's own. */
export interface TitledAddress {
  readonly spaceKey: string;
  readonly title: string;
  /** Of a blog post, as `yyyy-mm-dd`. */
  readonly postingDay?: string;
}

/** The parameters by which the REST API finds it. */
export const titledParameters = ({ spaceKey, title, postingDay }: TitledAddress): Record<string, string> => ({
  spaceKey,
  title,
  ...(postingDay === undefined ? {} : { type: 'blogpost', postingDay }),
});

/** What Confluence's `/display/KEY/Title+With+Plus` names, and its `/display/KEY/2026/03/02/Title`. */
export function titledAddress(spaceKey: string, path: string): TitledAddress {
  const [, year, month, day, rest] = /^(\d{4})\/(\d{2})\/(\d{2})\/(.+)$/.exec(path) ?? [];
  const title = (rest ?? path).replaceAll('+', ' ');
  return rest === undefined ? { spaceKey, title } : { spaceKey, title, postingDay: `${year}-${month}-${day}` };
}

/** Where a space's blog posts are listed. */
export const blogAddress = (spaceKey: string): string =>
  `/pages/viewrecentblogposts.action?key=${encodeURIComponent(spaceKey)}`;

/** Where something new is written; a page stands below `parentId`, or at the top of the space. */
export function createAddress(type: 'page' | 'blogpost', spaceKey: string, parentId: string | undefined): string {
  const parameters = new URLSearchParams({ spaceKey });
  if (type === 'page' && parentId !== undefined) parameters.set('fromPageId', parentId);
  return `/pages/${type === 'page' ? 'createpage' : 'createblogpost'}.action?${parameters.toString()}`;
}

/** The id in a short link: its bytes, lowest first, in URL-safe base 64 without the zeros at its end; '0', which no page has, where it is none. */
export function idOfTiny(tiny: string): string {
  const padded = tiny.replaceAll('-', '/').replaceAll('_', '+').padEnd(11, 'A');
  try {
    const bytes = Array.from(atob(`${padded}=`)).map((character) => BigInt(character.charCodeAt(0)));
    return String(bytes.slice(0, 8).reduceRight((id, byte) => id * 256n + byte, 0n));
  } catch {
    return '0';
  }
}

/** Addresses that this application shows itself; all others (downloads, REST) are the browser's. */
const ownPaths =
  /^\/(?:$|display\/|pages\/(?:viewpage|diffpagesbyversion|viewrecentblogposts)\.action$|spaces(?:$|\/)|search$|x\/|dashboard\.action$)/;

/** Whether a link leads to a screen of this application. */
export const isOwnAddress = (url: URL | HTMLAnchorElement): boolean =>
  url.origin === location.origin && ownPaths.test(url.pathname);

/** The page that an address names. */
export type PageAddress = { readonly id: string } | TitledAddress;

/** Undefined for an address that names no page. */
export function pageOfAddress({
  pathname,
  searchParams,
}: Pick<URL, 'pathname' | 'searchParams'>): PageAddress | undefined {
  const [first, second, third, fourth] = pathname.split('/').slice(1).map(decoded);
  if (first === 'display' && second && third) {
    return titledAddress(second, decoded(pathname.split('/').slice(3).join('/')));
  }
  if (first === 'spaces' && third === 'pages' && fourth) return { id: fourth };
  if (first === 'x' && second) return { id: idOfTiny(second) };
  if (pathname !== '/pages/viewpage.action') return undefined;
  const [id, spaceKey, title] = ['pageId', 'spaceKey', 'title'].map((name) => searchParams.get(name));
  if (id) return { id };
  return spaceKey && title ? { spaceKey, title } : undefined;
}

/** A path that is no well-formed one stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

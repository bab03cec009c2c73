import { badRequest, titleLengthMax, type Actor, type pages } from '@tributary/contracts';
import type { Queries } from '../permissions/access.js';
import { findRows } from '../content/content-rows.js';
import { titleTaken } from '../content/content-writer.js';
import { below } from '../hierarchy/below.js';

/** The title that a copy gets. */
export const copiedTitle = (title: string, { prefix, search, replace }: pages.TitleOptions): string =>
  `${prefix}${search === '' ? title : title.replaceAll(search, replace)}`.trim();

/** Refuses to begin what would end half-way: titles that are empty, too long, taken, or that two copies would have. */
export async function refuseTitles(
  queries: Queries,
  actor: Actor,
  original: { readonly id: string; readonly title: string },
  into: { readonly spaceId: string; readonly spaceKey: string },
  options: { readonly descendants: boolean; readonly titles: pages.TitleOptions },
): Promise<void> {
  const found = options.descendants
    ? await findRows(queries, actor, { where: below.page.all, parameters: [original.id], withBody: false })
    : [];
  const titles = [original, ...found].map(({ title }) => copiedTitle(title, options.titles));
  for (const title of titles) {
    if (title === '' || title.length > titleLengthMax)
      throw badRequest(`A title has 1 to ${titleLengthMax} characters: ${title}`);
  }
  const keys = titles.map((title) => title.toLowerCase());
  const twice = titles.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (twice !== undefined) throw titleTaken(twice, into.spaceKey);
  const [taken] = await queries.query<{ title: string }>(
    `select title from content where space_id = $1 and type = 'page' and status = 'current' and title_key = any($2::text[]) limit 1`,
    [into.spaceId, keys],
  );
  if (taken) throw titleTaken(taken.title, into.spaceKey);
}

import { titleKeyOf } from '@tributary/contracts';
import { linksOf, parseStorage, type PageReference, type StorageLink } from '@tributary/storage-format';

/** Only such bodies name pages; most name none, and aren't read once more. */
const mayName = /<ri:(?:page|blog-post|content-entity)\b|\bpageId=/;
/** The id in a page's address, as authors paste it from the browser. */
const idInAddress = /\/pages\/viewpage\.action\?(?:[^#]*&)?pageId=(\d{1,18})(?:[&#]|$)/;
/** Names that are noted of one body: a page that links to more is an index of its own. */
const namesMax = 5_000;

/**
 * The pages and blog posts that a body in this space names, as `id:7`, `page:KEY:title` or `blogpost:KEY:title`, keys in capitals and titles
 * in small letters; null for a body that names none. Throws StorageFormatError for a body that isn't well-formed.
 */
export function linkNames(body: string, spaceKey: string): string[] | null {
  if (!mayName.test(body)) return null;
  const names = linksOf(parseStorage(body))
    .map(referenceOf)
    .flatMap((reference) => (reference ? [nameOf(reference, spaceKey)] : []));
  return names.length > 0 ? [...new Set(names)].sort().slice(0, namesMax) : null;
}

function referenceOf({ target }: StorageLink): PageReference | undefined {
  if (target.type === 'page') return target.page;
  if (target.type === 'attachment') return target.attachment.page;
  const id = target.type === 'url' ? idInAddress.exec(target.url)?.[1] : undefined;
  return id === undefined ? undefined : { contentId: id };
}

const nameOf = (reference: PageReference, ownSpaceKey: string): string =>
  'contentId' in reference
    ? `id:${reference.contentId}`
    : titledName(reference.type, reference.spaceKey ?? ownSpaceKey, reference.title);

/** How a page or blog post is named by its title. */
export const titledName = (type: string, spaceKey: string, title: string): string =>
  `${type}:${spaceKey.toUpperCase()}:${titleKeyOf(title)}`;

/** SQL for all names of the content `c` in the space `s`: those that it has, and those that it had and nobody else has now. */
export const namesSql = `(
  select array_agg(name) from (
    select 'id:' || c.id as name
    union select c.type || ':' || upper(s.key) || ':' || c.title_key
    union select 'page:' || upper(f_space.key) || ':' || f.title_key
      from former_title f join space f_space on f_space.id = f.space_id
      where f.content_id = c.id and not exists (
        select 1 from content other where other.space_id = f.space_id and other.title_key = f.title_key
          and other.type = 'page' and other.status = 'current')) as all_names)`;

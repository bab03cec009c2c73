import { attributeOf, childrenOf, type StorageElement } from './document.js';

/** A page or blog post named by its title, as `ri:page` and `ri:blog-post` do. */
export interface TitleReference {
  readonly type: 'page' | 'blogpost';
  readonly title: string;
  /** The space of the content that the reference stands in, when it names none; undefined when that has no space either. */
  readonly spaceKey?: string | undefined;
  /** Of a blog post, as `yyyy/mm/dd`. */
  readonly postingDay?: string | undefined;
}

/** A content named by its id, as `ri:content-entity` does. */
export interface ContentReference {
  readonly contentId: string;
}

export type PageReference = TitleReference | ContentReference;

export interface UserReference {
  readonly userKey?: string | undefined;
  readonly username?: string | undefined;
  /** As Cloud names users. */
  readonly accountId?: string | undefined;
}

export interface AttachmentReference {
  readonly filename: string;
  /** The content that has the file; undefined only for a body that belongs to no content. */
  readonly page?: PageReference | undefined;
}

/** What relative references are relative to: the content that they stand in. */
export interface ReferenceBase {
  readonly id: string;
  readonly spaceKey: string;
}

/** What a link or an image points at. */
export type Target =
  | { readonly type: 'page'; readonly page: PageReference }
  | { readonly type: 'attachment'; readonly attachment: AttachmentReference }
  | { readonly type: 'user'; readonly user: UserReference }
  | { readonly type: 'space'; readonly spaceKey: string }
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'shortcut'; readonly key: string; readonly parameter: string };

function titleReference(element: StorageElement, base: ReferenceBase | null): TitleReference {
  const isPage = element.name === 'ri:page';
  return {
    type: isPage ? 'page' : 'blogpost',
    title: attributeOf(element, 'ri:content-title') ?? '',
    spaceKey: attributeOf(element, 'ri:space-key') ?? base?.spaceKey,
    ...(isPage ? {} : { postingDay: attributeOf(element, 'ri:posting-day') }),
  };
}

function attachmentReference(element: StorageElement, base: ReferenceBase | null): AttachmentReference {
  const container = childrenOf(element)
    .map((child) => targetOf(child, base))
    .find((target) => target?.type === 'page');
  const own = base === null ? undefined : { contentId: base.id };
  return { filename: attributeOf(element, 'ri:filename') ?? '', page: container?.page ?? own };
}

/** What an `ri:*` element names; undefined for an element that names nothing. */
export function targetOf(element: StorageElement, base: ReferenceBase | null): Target | undefined {
  switch (element.name) {
    case 'ri:page':
    case 'ri:blog-post':
      return { type: 'page', page: titleReference(element, base) };
    case 'ri:content-entity':
      return { type: 'page', page: { contentId: attributeOf(element, 'ri:content-id') ?? '' } };
    case 'ri:attachment':
      return { type: 'attachment', attachment: attachmentReference(element, base) };
    case 'ri:user':
      return {
        type: 'user',
        user: {
          userKey: attributeOf(element, 'ri:userkey'),
          username: attributeOf(element, 'ri:username'),
          accountId: attributeOf(element, 'ri:account-id'),
        },
      };
    case 'ri:space':
      return { type: 'space', spaceKey: attributeOf(element, 'ri:space-key') ?? base?.spaceKey ?? '' };
    case 'ri:url':
      return { type: 'url', url: attributeOf(element, 'ri:value') ?? '' };
    case 'ri:shortcut':
      return {
        type: 'shortcut',
        key: attributeOf(element, 'ri:key') ?? '',
        parameter: attributeOf(element, 'ri:parameter') ?? '',
      };
    default:
      return undefined;
  }
}

/** The target among an element's children: of `ac:link`, `ac:image`, `ac:parameter`. */
export function targetIn(element: StorageElement, base: ReferenceBase | null): Target | undefined {
  for (const child of childrenOf(element)) {
    const target = child.name === 'ac:link' ? targetIn(child, base) : targetOf(child, base);
    if (target !== undefined) return target;
  }
  return undefined;
}

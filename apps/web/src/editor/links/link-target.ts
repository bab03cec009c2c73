import { withAttribute } from '@tributary/editor-document';
import { attributeOf, element, type StorageElement, type StorageNode } from '@tributary/storage-format';

/** A page, or a blog post with its day as `yyyy/mm/dd`, by its title; without a space key it is in the space of the page. */
export interface TitledTarget {
  readonly kind: 'page' | 'blogpost';
  readonly title: string;
  readonly spaceKey?: string | undefined;
  readonly postingDay?: string | undefined;
  /** A place on it. */
  readonly anchor?: string | undefined;
}

/** Where a link goes that a writer can choose. */
export type LinkTarget =
  | { readonly kind: 'address'; readonly href: string }
  | TitledTarget
  /** A file of the page. */
  | { readonly kind: 'file'; readonly name: string }
  /** A heading or an anchor of the page. */
  | { readonly kind: 'anchor'; readonly anchor: string };

/** Where any link goes: also a person's, a space's or another page's file, which is kept until the link gets another target. */
export type AnyTarget = LinkTarget | { readonly kind: 'other'; readonly label: string };

const isResource = (node: StorageNode): node is StorageElement =>
  node.type === 'element' && node.name.startsWith('ri:');
const others = ['ri:space-key', 'ri:filename', 'ri:content-id', 'ri:username', 'ri:userkey', 'ri:key'];

/** Where a link goes, an `a` or an `ac:link`; undefined for one that goes nowhere. */
export function targetOf(link: StorageElement): AnyTarget | undefined {
  if (link.name === 'a') {
    const href = attributeOf(link, 'href');
    return href === undefined ? undefined : { kind: 'address', href };
  }
  const anchor = attributeOf(link, 'ac:anchor');
  const resource = link.children.find(isResource);
  if (resource === undefined) return anchor === undefined ? undefined : { kind: 'anchor', anchor };
  const value = (name: string) => attributeOf(resource, name);
  switch (resource.name) {
    case 'ri:page':
    case 'ri:blog-post':
      return {
        kind: resource.name === 'ri:page' ? 'page' : 'blogpost',
        title: value('ri:content-title') ?? '',
        spaceKey: value('ri:space-key'),
        postingDay: value('ri:posting-day'),
        anchor,
      };
    case 'ri:url':
      return { kind: 'address', href: value('ri:value') ?? '' };
    case 'ri:attachment':
      if (resource.children.length === 0) return { kind: 'file', name: value('ri:filename') ?? '' };
  }
  return { kind: 'other', label: others.map(value).find(Boolean) ?? resource.name };
}

/** A target as people read it. */
export function labelOf(target: AnyTarget): string {
  switch (target.kind) {
    case 'address':
      return target.href;
    case 'page':
    case 'blogpost':
      return target.anchor === undefined ? target.title : `${target.title}#${target.anchor}`;
    case 'file':
      return target.name;
    case 'anchor':
      return `#${target.anchor}`;
    case 'other':
      return target.label;
  }
}

/** What a link's words are where its writer gave none. */
export const wordsOf = (target: AnyTarget): string => (target.kind === 'anchor' ? target.anchor : labelOf(target));

type Written = Readonly<Record<string, string | undefined>>;
const given = (attributes: Written): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter((each): each is [string, string] => each[1] !== undefined));

function resourceOf(target: Exclude<LinkTarget, { kind: 'address' | 'anchor' }>): StorageElement {
  if (target.kind === 'file') return element('ri:attachment', { 'ri:filename': target.name });
  return element(
    target.kind === 'page' ? 'ri:page' : 'ri:blog-post',
    given({
      'ri:content-title': target.title,
      'ri:space-key': target.spaceKey,
      'ri:posting-day': target.kind === 'blogpost' ? target.postingDay : undefined,
    }),
  );
}

/** A link to a target, with all that `link` says beside its own. */
export function linkTo(target: LinkTarget, link?: StorageElement): StorageElement {
  if (target.kind === 'address') {
    return withAttribute(link?.name === 'a' ? link : element('a'), 'href', target.href);
  }
  const before = link?.name === 'ac:link' ? link : element('ac:link', {}, element('ac:link-body'));
  const anchor = target.kind === 'file' ? undefined : target.anchor;
  const resource = target.kind === 'anchor' ? [] : [resourceOf(target)];
  return {
    ...withAttribute(before, 'ac:anchor', anchor ?? null),
    children: [...resource, ...before.children.filter((child) => !isResource(child))],
  };
}

/** Where a browser finds a target; undefined for what it can't be sent to. `spaceKey` and `pageId` are those of the page that is written. */
export function addressOf(target: AnyTarget, spaceKey: string, pageId: string | undefined): string | undefined {
  const encoded = encodeURIComponent;
  switch (target.kind) {
    case 'address':
      return /^(?:https?:|mailto:|\/(?!\/))/i.test(target.href) ? target.href : undefined;
    case 'page':
      return `/pages/viewpage.action?${new URLSearchParams({ spaceKey: target.spaceKey ?? spaceKey, title: target.title }).toString()}`;
    case 'blogpost':
      return target.postingDay === undefined
        ? undefined
        : `/display/${encoded(target.spaceKey ?? spaceKey)}/${target.postingDay}/${encoded(target.title)}`;
    case 'file':
      return pageId === undefined ? undefined : `/download/attachments/${pageId}/${encoded(target.name)}`;
    case 'anchor':
    case 'other':
      return undefined;
  }
}

import { attributeOf, charactersOf, childOf, type StorageElement } from '../../document.js';
import { targetIn, type AttachmentReference, type PageReference, type UserReference } from '../../references.js';
import { anchorOn } from '../anchor.js';
import { escapeHtml, tag, type HtmlAttributes } from '../html.js';
import { UNAVAILABLE } from '../inquiry.js';
import type { RenderScope } from '../scope.js';
import { htmlAttributes, type ElementRenderer } from './element.js';

/** What the writer gave a link besides its target. */
interface LinkDress {
  /** Undefined when the link is to show its target's own name. */
  readonly html: string | undefined;
  readonly anchor: string | undefined;
  readonly attributes: HtmlAttributes;
}

function bodyOf(element: StorageElement, scope: RenderScope): string | undefined {
  const plain = childOf(element, 'ac:plain-text-link-body');
  if (plain !== undefined) return escapeHtml(charactersOf(plain));
  const rich = childOf(element, 'ac:link-body') ?? childOf(element, 'ac:rich-text-link-body');
  return rich && scope.render(rich.children);
}

const unresolved = (html: string): string => tag('span', { class: 'unresolved' }, html);

function pageLink(reference: PageReference, dress: LinkDress, scope: RenderScope): string {
  const page = scope.answers.pages.answer(reference);
  const { html, anchor, attributes: others } = dress;
  const ownName = 'title' in reference ? reference.title : reference.contentId;
  const isFound = page !== UNAVAILABLE && page.found;
  const shown = html ?? escapeHtml((isFound ? page.title : undefined) ?? ownName);
  if (page === UNAVAILABLE) scope.rendering.isComplete = false;
  if (!isFound) {
    const createUrl = page === UNAVAILABLE ? undefined : page.createUrl;
    return createUrl === undefined
      ? unresolved(shown)
      : tag('a', { class: 'createlink', href: createUrl, ...others }, shown);
  }
  const fragment = anchor === undefined || anchor === '' ? '' : `#${anchorOn(page.title, anchor)}`;
  const attributes = { 'data-linked-resource-id': page.id, 'data-linked-resource-type': 'page' };
  return tag('a', { href: `${page.url ?? ''}${fragment}`, ...others, ...attributes }, shown);
}

function attachmentLink(
  reference: AttachmentReference,
  { html, attributes: dress }: LinkDress,
  scope: RenderScope,
): string {
  const attachment = scope.answers.attachments.answer(reference);
  const shown = html ?? escapeHtml(reference.filename);
  if (attachment === UNAVAILABLE) scope.rendering.isComplete = false;
  if (attachment === UNAVAILABLE || !attachment.found) return unresolved(shown);
  const attributes = {
    href: attachment.downloadUrl,
    ...dress,
    'data-linked-resource-id': attachment.id,
    'data-linked-resource-version': attachment.version,
    'data-linked-resource-type': 'attachment',
    'data-linked-resource-default-alias': reference.filename,
    'data-linked-resource-content-type': attachment.mediaType,
    'data-linked-resource-container-id': attachment.containerId,
  };
  return tag('a', attributes, shown);
}

function userLink(reference: UserReference, { html, attributes: dress }: LinkDress, scope: RenderScope): string {
  const user = scope.answers.users.answer(reference);
  if (user === UNAVAILABLE) scope.rendering.isComplete = false;
  if (user === UNAVAILABLE || !user.found) {
    const name = reference.username ?? reference.userKey ?? reference.accountId ?? '';
    return unresolved(html ?? escapeHtml(scope.message('unknown-user', { name })));
  }
  const attributes = {
    class: 'confluence-userlink user-mention',
    'data-username': user.username,
    href: user.url,
    'data-linked-resource-id': user.userKey,
    'data-linked-resource-type': 'userinfo',
    ...dress,
  };
  return tag('a', attributes, html ?? escapeHtml(user.displayName ?? user.username ?? ''));
}

function spaceLink(key: string, { html, attributes: dress }: LinkDress, scope: RenderScope): string {
  const space = scope.answers.spaces.answer(key);
  if (space === UNAVAILABLE) scope.rendering.isComplete = false;
  if (space === UNAVAILABLE || !space.found) return unresolved(html ?? escapeHtml(key));
  const attributes = { 'data-linked-resource-type': 'space', ...dress };
  return tag('a', { href: space.url, ...attributes }, html ?? escapeHtml(space.name ?? key));
}

function anchorLink({ html, anchor = '', attributes: dress }: LinkDress, scope: RenderScope): string {
  return tag('a', { href: `#${scope.anchorId(anchor)}`, ...dress }, html ?? escapeHtml(anchor));
}

function urlLink(url: string, { html, attributes: dress }: LinkDress): string {
  return tag('a', { href: url, class: 'external-link', rel: 'nofollow', ...dress }, html ?? escapeHtml(url));
}

/** `ac:link`, by what it points at. */
export const renderLink: ElementRenderer = (element, scope) => {
  const target = targetIn(element, scope.content);
  const dress: LinkDress = {
    html: bodyOf(element, scope),
    anchor: attributeOf(element, 'ac:anchor'),
    attributes: {
      title: attributeOf(element, 'ac:tooltip'),
      'data-card-appearance': attributeOf(element, 'ac:card-appearance'),
    },
  };
  switch (target?.type) {
    case undefined:
      return dress.anchor === undefined ? (dress.html ?? '') : anchorLink(dress, scope);
    case 'page':
      return pageLink(target.page, dress, scope);
    case 'attachment':
      return attachmentLink(target.attachment, dress, scope);
    case 'user':
      return userLink(target.user, dress, scope);
    case 'space':
      return spaceLink(target.spaceKey, dress, scope);
    case 'url':
      return urlLink(target.url, dress);
    case 'shortcut':
      // Shortcuts are set up by an administrator; there is none to follow yet.
      return unresolved(dress.html ?? escapeHtml(`${target.parameter}@${target.key}`));
  }
};

/** XHTML's own `a`: one that leaves the wiki is marked. */
export const renderAnchor: ElementRenderer = (element, scope) => {
  const isExternal = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(attributeOf(element, 'href') ?? '');
  const attributes = htmlAttributes(element, isExternal ? 'external-link' : undefined);
  return tag('a', isExternal ? { ...attributes, rel: 'nofollow' } : attributes, scope.render(element.children));
};

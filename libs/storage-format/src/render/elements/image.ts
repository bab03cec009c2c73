import { attributeOf, childOf, type StorageElement } from '../../document.js';
import { targetIn, type AttachmentReference, type Target } from '../../references.js';
import type { ResolvedAttachment } from '../context.js';
import { classes, emptyTag, escapeHtml, tag, type HtmlAttributes } from '../html.js';
import { UNAVAILABLE } from '../inquiry.js';
import type { RenderScope } from '../scope.js';
import type { ElementRenderer } from './element.js';

/** What an image shows: `ri:attachment`, `ri:url`, or the address that Cloud writes. */
export function imageTarget(element: StorageElement, scope: Pick<RenderScope, 'content'>): Target | undefined {
  const source = attributeOf(element, 'ac:src');
  return targetIn(element, scope.content) ?? (source === undefined ? undefined : { type: 'url', url: source });
}

const isTrue = (element: StorageElement, name: string): boolean => attributeOf(element, name) === 'true';

/** Addresses that an image may be loaded from; scripts find them in `data-image-src` too, where no sanitiser looks. */
const IMAGE_URL = /^(?:https?:\/\/|\/)/i;

function withQuery(url: string, query: string | undefined): string {
  return query === undefined || query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function sharedAttributes(element: StorageElement, kind: string | false): HtmlAttributes {
  const align = attributeOf(element, 'ac:align');
  return {
    class: classes(
      'confluence-embedded-image',
      isTrue(element, 'ac:thumbnail') && 'confluence-thumbnail',
      kind,
      align !== undefined && `image-${align}`,
      isTrue(element, 'ac:border') && 'confluence-content-image-border',
      attributeOf(element, 'ac:class'),
    ),
    title: attributeOf(element, 'ac:title'),
    alt: attributeOf(element, 'ac:alt'),
    style: attributeOf(element, 'ac:style'),
    width: attributeOf(element, 'ac:width'),
    height: attributeOf(element, 'ac:height'),
    hspace: attributeOf(element, 'ac:hspace'),
    vspace: attributeOf(element, 'ac:vspace'),
  };
}

function attachedImage(element: StorageElement, filename: string, attachment: ResolvedAttachment): string {
  const query = attributeOf(element, 'ac:queryparams');
  const full = withQuery(attachment.downloadUrl ?? '', query);
  const isThumbnail = isTrue(element, 'ac:thumbnail') && attachment.thumbnailUrl !== undefined;
  return emptyTag('img', {
    ...sharedAttributes(element, false),
    src: isThumbnail ? withQuery(attachment.thumbnailUrl ?? '', query) : full,
    'data-image-src': full,
    'data-linked-resource-id': attachment.id,
    'data-linked-resource-version': attachment.version,
    'data-linked-resource-type': 'attachment',
    'data-linked-resource-default-alias': filename,
    'data-linked-resource-content-type': attachment.mediaType,
    'data-linked-resource-container-id': attachment.containerId,
  });
}

function attachmentImage(element: StorageElement, reference: AttachmentReference, scope: RenderScope): string {
  const attachment = scope.answers.attachments.answer(reference);
  if (attachment === UNAVAILABLE) scope.rendering.isComplete = false;
  else if (attachment.found) return attachedImage(element, reference.filename, attachment);
  const label = scope.message('unknown-attachment', { filename: reference.filename });
  return tag('span', { class: 'unknown-attachment unresolved' }, escapeHtml(label));
}

export const renderImage: ElementRenderer = (element, scope) => {
  const target = imageTarget(element, scope);
  let image = '';
  if (target?.type === 'attachment') image = attachmentImage(element, target.attachment, scope);
  else if (target?.type === 'url' && IMAGE_URL.test(target.url)) {
    const src = withQuery(target.url, attributeOf(element, 'ac:queryparams'));
    const attributes = sharedAttributes(element, 'confluence-external-resource');
    image = emptyTag('img', { ...attributes, src, 'data-image-src': src });
  }
  const align = attributeOf(element, 'ac:align');
  const isSized = ['ac:width', 'ac:height', 'ac:custom-width'].some((name) => attributeOf(element, name) !== undefined);
  const caption = childOf(element, 'ac:caption');
  const captionHtml = caption
    ? tag('div', { class: 'confluence-embedded-caption' }, scope.render(caption.children))
    : '';
  const className = classes(
    'confluence-embedded-file-wrapper',
    align !== undefined && `image-${align}-wrapper`,
    isSized && 'confluence-embedded-manual-size',
  );
  return tag('span', { class: className }, image + captionHtml);
};

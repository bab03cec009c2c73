import { withAttribute } from '@tributary/editor-document';
import { attributeOf, charactersOf, childOf, element, type StorageElement } from '@tributary/storage-format';

export const imageAlignments = ['left', 'center', 'right'] as const;

/** What a writer can set of an image; empty for what isn't given. */
export interface ImageProperties {
  readonly alt: string;
  /** In pixels. */
  readonly width: string;
  readonly align: string;
  readonly caption: string;
  readonly hasBorder: boolean;
}

export function propertiesOfImage(image: StorageElement): ImageProperties {
  const caption = childOf(image, 'ac:caption');
  return {
    alt: attributeOf(image, 'ac:alt') ?? '',
    width: attributeOf(image, 'ac:width') ?? '',
    align: attributeOf(image, 'ac:align') ?? '',
    caption: caption === undefined ? '' : charactersOf(caption).trim(),
    hasBorder: attributeOf(image, 'ac:border') === 'true',
  };
}

function withCaption(image: StorageElement, caption: string): StorageElement {
  const known = childOf(image, 'ac:caption');
  const others = image.children.filter((child) => child !== known);
  if (caption === '') return { ...image, children: others };
  return { ...image, children: [...others, element('ac:caption', {}, element('p', {}, caption))] };
}

/** An image with other properties. What isn't changed stays as it was written, a caption with its links for example. */
export function withImageProperties(image: StorageElement, wanted: ImageProperties): StorageElement {
  const known = propertiesOfImage(image);
  let changed = image;
  const set = (name: string, value: string) => (changed = withAttribute(changed, name, value === '' ? null : value));
  if (wanted.alt !== known.alt) set('ac:alt', wanted.alt);
  if (wanted.align !== known.align) set('ac:align', wanted.align);
  if (wanted.hasBorder !== known.hasBorder) set('ac:border', wanted.hasBorder ? 'true' : '');
  if (wanted.width !== known.width) {
    set('ac:width', wanted.width);
    // It keeps its proportions, and what Cloud knows of its old size would be wrong.
    for (const name of ['ac:height', 'ac:custom-width', 'ac:thumbnail']) set(name, '');
  }
  return wanted.caption === known.caption ? changed : withCaption(changed, wanted.caption);
}

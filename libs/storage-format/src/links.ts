import { attributeOf, childrenOf, type StorageDocument, type StorageElement } from './document.js';
import { isMacro, macroCallOf } from './macro-call.js';
import { targetIn, targetOf, type ReferenceBase, type Target } from './references.js';
import { elementsBelow } from './walk.js';

/** Something that a body points at. */
export interface StorageLink {
  readonly target: Target;
  /** A link that is followed, an image that is shown, or a macro's parameter. */
  readonly by: 'link' | 'image' | 'macro';
  readonly anchor?: string | undefined;
}

function linksOfElement(element: StorageElement, base: ReferenceBase | null): StorageLink[] {
  if (element.name === 'a') {
    const url = attributeOf(element, 'href');
    return url === undefined ? [] : [{ target: { type: 'url', url }, by: 'link' }];
  }
  if (element.name === 'ac:link') {
    const target = targetIn(element, base);
    return target === undefined ? [] : [{ target, by: 'link', anchor: attributeOf(element, 'ac:anchor') }];
  }
  if (element.name === 'ac:image') {
    const target = childrenOf(element).map((child) => targetOf(child, base))[0];
    return target === undefined ? [] : [{ target, by: 'image' }];
  }
  if (!isMacro(element)) return [];
  // A parameter with ac:link inside is counted as that link; here are those that name their target directly.
  return [...macroCallOf(element).parameters.values()]
    .flatMap((parameter) => childrenOf(parameter).map((child) => targetOf(child, base)))
    .filter((target) => target !== undefined)
    .map((target) => ({ target, by: 'macro' }));
}

/**
 * Everything that a body points at, in document order: links, images, targets of macros.
 *
 * @param base what references without a space or a page are relative to
 */
export function linksOf(document: StorageDocument, base: ReferenceBase | null = null): StorageLink[] {
  return [...elementsBelow(document.children)].flatMap((element) => linksOfElement(element, base));
}

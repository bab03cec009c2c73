import type { BodyPart } from '@tributary/editor-document';
import {
  attributeOf,
  canonicalStorage,
  charactersOf,
  isMacro,
  type StorageElement,
  type StorageNode,
} from '@tributary/storage-format';
import type { Alignable } from './alignment';

/** A part of a body, that can be found again in another version of the body. */
export interface ComparedPart extends Alignable, BodyPart {}

const families: Readonly<Record<string, string>> = { ul: 'list', ol: 'list', td: 'cell', th: 'cell' };
const textual = /^(?:p|h[1-6])$/;

/** What elements are called that can become one another. */
function familyOf(element: StorageElement | undefined): string {
  if (element === undefined || textual.test(element.name)) return 'text';
  if (isMacro(element)) return 'macro';
  return Object.hasOwn(families, element.name) ? String(families[element.name]) : element.name;
}

const nameOf = (node: StorageNode): string =>
  node.type !== 'element' || familyOf(node) === 'text' ? '' : node.name + (attributeOf(node, 'ac:name') ?? '');

/** `keyOf`: the same for parts of the same meaning, from what they are. */
export const comparedParts = (parts: readonly BodyPart[], keyOf: (part: BodyPart) => string): ComparedPart[] =>
  parts.map((part) => ({
    ...part,
    key: keyOf(part),
    family: familyOf(part.element),
    // Without any text too, two containers of a kind are alike.
    text: part.nodes.map((node) => nameOf(node) + charactersOf(node)).join(''),
  }));

/** As it is written, but for how that is spelt and the white space around it. */
export const writtenKey = ({ source }: Pick<BodyPart, 'source'>): string => canonicalStorage(source).trim();

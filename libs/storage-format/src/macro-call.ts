import { attributeOf, charactersOf, childOf, childrenOf, type StorageElement, type StorageNode } from './document.js';

/** One use of a macro in a body. */
export interface MacroCall {
  readonly name: string;
  /** `ac:macro-id`, when the client or the server gave one. */
  readonly id: string | undefined;
  /** `ac:parameter` elements by name; the default one has the empty name. */
  readonly parameters: ReadonlyMap<string, StorageElement>;
  readonly plainBody: string | undefined;
  readonly richBody: readonly StorageNode[] | undefined;
}

export function isMacro(element: StorageElement): boolean {
  return element.name === 'ac:structured-macro' || element.name === 'ac:macro';
}

/** The old form's default parameter, an attribute or an element, as the element that the new form has. */
function oldDefaultParameter(element: StorageElement): StorageElement | undefined {
  const child = childOf(element, 'ac:default-parameter');
  const value = attributeOf(element, 'ac:default-parameter');
  if (child === undefined && value === undefined) return undefined;
  const children: readonly StorageNode[] = child?.children ?? [{ type: 'text', value: value ?? '' }];
  return { type: 'element', name: 'ac:parameter', attributes: [{ name: 'ac:name', value: '' }], children };
}

/** Reads `ac:structured-macro` and `ac:macro`, the form before Confluence 4.0's end. */
export function macroCallOf(element: StorageElement): MacroCall {
  const parameters = new Map<string, StorageElement>();
  const oldDefault = oldDefaultParameter(element);
  if (oldDefault !== undefined) parameters.set('', oldDefault);
  for (const parameter of childrenOf(element, 'ac:parameter')) {
    parameters.set(attributeOf(parameter, 'ac:name') ?? '', parameter);
  }
  const plainBody = childOf(element, 'ac:plain-text-body');
  return {
    name: attributeOf(element, 'ac:name') ?? '',
    id: attributeOf(element, 'ac:macro-id'),
    parameters,
    plainBody: plainBody === undefined ? undefined : charactersOf(plainBody),
    richBody: childOf(element, 'ac:rich-text-body')?.children,
  };
}

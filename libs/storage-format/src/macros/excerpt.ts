import { charactersOf, type StorageDocument, type StorageNode } from '../document.js';
import { isMacro, macroCallOf } from '../macro-call.js';
import { elementsBelow } from '../walk.js';
import { defineMacro } from './macro.js';
import { choice, flag, text } from './parameters.js';

/** A part of a page that other pages show. */
export const excerpt = defineMacro({
  name: 'excerpt',
  parameters: {
    name: text(),
    hidden: flag(false),
    'atlassian-macro-output-type': choice(['BLOCK', 'INLINE'], 'BLOCK'),
  },
  body: 'rich',
  render: ({ parameters, scope, call, root }) => {
    if (parameters.hidden) return '';
    const isInline = parameters['atlassian-macro-output-type'] === 'INLINE';
    return root(isInline ? 'span' : 'div', {}, scope.render(call.richBody ?? []));
  },
});

/** The body of a document's excerpt with that name, or of its first one for the empty name. */
export function excerptBodyOf(document: StorageDocument, name: string): readonly StorageNode[] | undefined {
  for (const element of elementsBelow(document.children)) {
    if (!isMacro(element)) continue;
    const call = macroCallOf(element);
    if (call.name !== excerpt.name) continue;
    const ownName = call.parameters.get('name');
    if (name === '' || (ownName && charactersOf(ownName).trim() === name)) return call.richBody ?? [];
  }
  return undefined;
}

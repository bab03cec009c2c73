import { elementAround, macro, text } from '../builder.js';
import type { StorageDocument, StorageNode } from '../document.js';
import { linesOf } from './lines.js';
import { WikiTags, type WikiMacro } from './macro-at.js';

/** Macros whose body is characters. */
const plainMacros = new Set(['code', 'noformat', 'html', 'markdown', 'mathblock', 'csv']);
/** Macros whose default parameter has a name in storage format. */
const defaultNames: Readonly<Record<string, string>> = { code: 'language', noformat: 'title' };
const depthMax = 50;

/** The storage format of a text in Confluence's wiki markup. Every text is one: what isn't markup stays as it is. */
export function storageOfWiki(markup: string): StorageDocument {
  return { type: 'document', children: blocksOf(markup.replace(/\r\n?/g, '\n'), 0) };
}

function blocksOf(markup: string, depth: number): StorageNode[] {
  const tags = new WikiTags(markup);
  const blocks: StorageNode[][] = [];
  let done = 0;
  for (let from = 0; ;) {
    const call = depth < depthMax ? tags.callFrom(from) : undefined;
    if (call === undefined) break;
    const end = tags.endOf(call);
    const block = blockOf(call, end === undefined ? undefined : markup.slice(call.end, end.start), depth);
    from = call.end;
    if (block === undefined) continue;
    blocks.push(linesOf(markup.slice(done, call.start)), [block]);
    done = from = end?.end ?? call.end;
  }
  return [...blocks, linesOf(markup.slice(done))].flat();
}

/** What a macro is between blocks; undefined for one that stands in a line of text. */
function blockOf({ name, parameters, isAlone }: WikiMacro, body: string | undefined, depth: number) {
  if (name === 'quote' && body !== undefined) return elementAround('blockquote', blocksOf(body.trim(), depth + 1));
  if (body === undefined) return isAlone && name !== 'anchor' ? macro(name, named(name, parameters)) : undefined;
  if (plainMacros.has(name)) return macro(name, named(name, parameters), { plain: body.replace(/^\n|\n$/g, '') });
  return macro(name, named(name, parameters), { rich: blocksOf(body.trim(), depth + 1) });
}

function named(name: string, parameters: ReadonlyMap<string, string>): Record<string, StorageNode> {
  const entries = [...parameters].map(([key, value]) => [key === '' ? (defaultNames[name] ?? '') : key, text(value)]);
  return Object.fromEntries(entries) as Record<string, StorageNode>;
}

import { sourceOf, tagsOf } from '@tributary/editor-document';
import { canonicalStorage, type StorageNode } from '@tributary/storage-format';
import { diff3MergeRegions } from 'node-diff3';
import type { ComparedPart } from '../../differences/parts';
import { settled, type Sides } from './regions';

const words = new Intl.Segmenter('en', { granularity: 'word' });
/** A character by its name, which is never taken apart. */
const named = /(&[#\w]+;)/;
const textual = new Set(['text', 'dt']);

/**
 * A paragraph of which both have changed different words; undefined where they changed the same ones or neighbours, or anything that isn't
 * a paragraph, a heading or a line of text.
 */
export function mergedWords({ base, theirs, mine }: Sides<ComparedPart>): string | undefined {
  const parts = [base, theirs, mine];
  if (!parts.every(({ family }) => textual.has(family))) return undefined;
  const [first, second, third] = parts.map(textOf);
  if (!first || !second || !third) return undefined;
  const frame = settled({ base: first, theirs: second, mine: third }, (one, other) => one.frame === other.frame);
  if (!frame) return undefined;
  const text = mergedTokens({ base: first.tokens, theirs: second.tokens, mine: third.tokens });
  if (text === undefined || text === '') return undefined;
  const merged = frame.open + text + frame.close;
  return isWellFormed(merged) ? merged : undefined;
}

interface Text {
  readonly open: string;
  readonly tokens: readonly string[];
  readonly close: string;
  /** The tags, however they are spelt. */
  readonly frame: string;
}

function textOf({ source, nodes, element }: ComparedPart): Text {
  const before = source.slice(0, source.length - sourceOf(...nodes).length);
  const { open, close } = element ? tagsOf(element) : { open: '', close: '' };
  const tokens = (element?.children ?? nodes).flatMap(tokensOf);
  return { open: before + open, tokens, close, frame: canonicalStorage(before.trim() + open + close) };
}

/** Words, each with what stands between it and the next; elements are whole. */
function tokensOf(node: StorageNode): string[] {
  const source = sourceOf(node);
  if (node.type !== 'text') return [source];
  const tokens: string[] = [];
  for (const piece of source.split(named)) {
    for (const { segment, isWordLike } of named.test(piece)
      ? [{ segment: piece, isWordLike: false }]
      : words.segment(piece))
      if (isWordLike || tokens.length === 0) tokens.push(segment);
      else tokens.push((tokens.pop() ?? '') + segment);
  }
  return tokens;
}

function mergedTokens({ base, theirs, mine }: Sides<readonly string[]>): string | undefined {
  let text = '';
  for (const region of diff3MergeRegions([...mine], [...base], [...theirs])) {
    if (region.stable) text += region.bufferContent.join('');
    else if (region.aContent.join('') === region.bContent.join('')) text += region.aContent.join('');
    else return undefined;
  }
  return text;
}

function isWellFormed(source: string): boolean {
  try {
    canonicalStorage(source);
    return true;
  } catch {
    return false;
  }
}

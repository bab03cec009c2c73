import { schema } from '@tributary/editor-document';
import { DOMParser as DocumentParser, Slice, type ParseOptions } from 'prosemirror-model';
import { treeOf } from './html-tree';
import { sliceOfStorage } from './slice-of-storage';
import { PastedHtml } from './storage-of-html';
import type { TextKind } from './text-kind';

const treeOfHtml = (html: string) => treeOf(new DOMParser().parseFromString(html, 'text/html').body);

/** Whether HTML was copied from this editor, with all that storage format says in it. */
export const isOwn = (html: string): boolean => html.includes('data-pm-slice') && html.includes('data-storage=');

/** Takes the claim from others' HTML that this editor had written it: other editors make the same. */
export const disownHtml = (html: string): string =>
  isOwn(html) ? html : html.replaceAll('data-pm-slice', 'data-slice');

const own = DocumentParser.fromSchema(schema);

/** Reads what is pasted as HTML: what this editor wrote as it was, and everything else as clean blocks. */
export const clipboardParser = {
  parseSlice(dom: globalThis.Node, options?: ParseOptions): Slice {
    // Plain text and this editor's own HTML keep their white space.
    if (options?.preserveWhitespace) return own.parseSlice(dom, options);
    return sliceOfStorage(PastedHtml.blocksOf(treeOf(dom)));
  },
} as DocumentParser;

export type WrittenKind = Extract<TextKind, 'markdown' | 'wiki'>;

/** Loads what reads other languages, so that it is there when somebody pastes. */
export const loadReaders = () => import('./written-text');

/** The blocks of a text in another language. Throws where its reader can't be loaded. */
export async function sliceOfText(kind: WrittenKind, text: string): Promise<Slice> {
  const { storageOfMarkdown, storageOfWikiText } = await loadReaders();
  return sliceOfStorage(kind === 'wiki' ? storageOfWikiText(text) : storageOfMarkdown(text, treeOfHtml));
}

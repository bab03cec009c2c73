import { macro } from '@tributary/storage-format';
import { Slice } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState, type SelectionBookmark } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import type { Incoming } from '../uploads/use-uploads';
import { codeLanguageOf } from './code-language';
import { HeldPictures } from './held-pictures';
import { clipboardParser, disownHtml, isOwn, sliceOfText, type WrittenKind } from './pasted';
import { sliceOfStorage } from './slice-of-storage';
import { storageOfTable } from './tabular-text';
import { takeFiles, takeLocalPictures } from './taken-files';
import { kindOfText } from './text-kind';

/** A text in another language that became blocks, and becomes plain text again if the writer says so before anything else is changed. */
export interface PasteOffer {
  readonly kind: WrittenKind;
  readonly from: number;
  readonly to: number;
  readonly plain: Slice;
}

interface PasteState {
  /** Where a text goes whose reader is still being loaded. */
  readonly waiting?: SelectionBookmark;
  readonly offer?: PasteOffer;
}

const key = new PluginKey<PasteState>('paste');
const told = (view: EditorView, state: PasteState) => view.state.tr.setMeta(key, state);
export const pasteOffer = (state: EditorState): PasteOffer | undefined => key.getState(state)?.offer;
export const dismissOffer = (view: EditorView): void => view.dispatch(told(view, {}));

/** Puts the plain text in the place of the blocks that it became. */
export function pastePlain(view: EditorView, { from, to, plain }: PasteOffer): void {
  view.dispatch(told(view, {}).replaceRange(from, to, plain).setMeta('paste', true).scrollIntoView());
  view.focus();
}

/** Pastes blocks where the cursor is or, if their reader had to be loaded, where it was; the plain text if that failed. */
async function pasteWritten(
  view: EditorView,
  kind: WrittenKind,
  text: string,
  plain: Slice,
  add: (files: readonly Incoming[]) => void,
): Promise<void> {
  view.dispatch(told(view, { waiting: view.state.selection.getBookmark() }));
  const slice = await sliceOfText(kind, text).catch(() => undefined);
  if (view.isDestroyed) return;
  const { waiting } = key.getState(view.state) ?? {};
  const transaction = view.state.tr;
  if (waiting) transaction.setSelection(waiting.resolve(transaction.doc));
  const { from, to } = transaction.selection;
  transaction.replaceSelection(slice ?? plain);
  const start = transaction.mapping.map(from, -1);
  const files = takeLocalPictures(
    transaction,
    { from: start, to: transaction.mapping.map(to) },
    [],
    new HeldPictures(),
  );
  const end = transaction.mapping.map(to);
  const state: PasteState = slice ? { offer: { kind, from: start, to: end, plain } } : {};
  view.dispatch(transaction.setMeta(key, state).setMeta('paste', true).setMeta('uiEvent', 'paste').scrollIntoView());
  if (files.length > 0) add(files);
}

function pasteCode(view: EditorView, text: string, language: string): boolean {
  const plain = text.replaceAll('\r', '').replace(/\n+$/, '');
  if (!plain.includes('\n')) {
    view.dispatch(view.state.tr.insertText(plain).setMeta('paste', true).scrollIntoView());
    return true;
  }
  const slice = sliceOfStorage([macro('code', language === 'plaintext' ? {} : { language }, { plain })]);
  view.dispatch(view.state.tr.replaceSelection(slice).setMeta('paste', true).scrollIntoView());
  return true;
}

/** Makes clean blocks of what is pasted, from wherever it was copied; `add` is told of the files in it. */
export function pastePlugin(add: (files: readonly Incoming[]) => void): Plugin<PasteState> {
  const held = new HeldPictures();
  /** Of the text that is being pasted; undefined for a text that stays as it is. */
  let written: WrittenKind | undefined;
  return new Plugin<PasteState>({
    key,
    state: {
      init: () => ({}),
      apply: (transaction, { waiting, offer }) => {
        const set = transaction.getMeta(key) as PasteState | undefined;
        if (set !== undefined) return set;
        return {
          waiting: waiting?.map(transaction.mapping),
          offer: transaction.docChanged ? undefined : offer,
        };
      },
    },
    props: {
      clipboardParser,
      transformPastedHTML: (html) => (isOwn(html) ? html : held.takeOut(disownHtml(html))),
      handleDrop: (view, event, slice, isMoved) => {
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
        return !isMoved && takeFiles(view, { data: event.dataTransfer, slice, at }, held, add);
      },
      // Null leaves it to the editor's own way, which these types don't say.
      clipboardTextParser: (text, _context, isPlain) => {
        const kind = isPlain ? 'plain' : kindOfText(text);
        written = kind === 'wiki' || kind === 'markdown' ? kind : undefined;
        return (kind === 'table' ? sliceOfStorage(storageOfTable(text)) : null) as Slice;
      },
      handlePaste: (view, event, slice) => {
        const data = event.clipboardData;
        if (takeFiles(view, { data, slice }, held, add)) return true;
        if (data === null || view.state.selection.$from.parent.type.spec.code) return false;
        const text = data.getData('text/plain');
        const isText = !data.types.includes('text/html');
        const language = isText ? undefined : codeLanguageOf(data);
        if (language === 'markdown') void pasteWritten(view, 'markdown', text, slice, add);
        else if (language !== undefined) return pasteCode(view, text, language);
        else if (isText && written !== undefined) void pasteWritten(view, written, text, slice, add);
        else return false;
        return true;
      },
    },
  });
}

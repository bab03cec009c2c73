import { elementOf, schema } from '@tributary/editor-document';
import { attributeOf, childOf, type StorageElement } from '@tributary/storage-format';
import type { Node, Slice } from 'prosemirror-model';
import { Selection, type Transaction } from 'prosemirror-state';
import { dropPoint } from 'prosemirror-transform';
import type { EditorView } from 'prosemirror-view';
import type { PictureAttributes } from '../insertions';
import type { Incoming } from '../uploads/use-uploads';
import { isLocal, type HeldPictures } from './held-pictures';
import { isOwn } from './pasted';

/** A picture in pasted blocks. */
interface Picture {
  readonly address: string;
  readonly attributes: PictureAttributes;
}

function pictureOf(node: Node): Picture | undefined {
  if (node.type.name !== 'image') return undefined;
  const image = elementOf(String(node.attrs['source']));
  const url = childOf(image, 'ri:url');
  return url && { address: attributeOf(url, 'ri:value') ?? '', attributes: attributesOf(image) };
}

const attributesOf = ({ attributes }: StorageElement): PictureAttributes =>
  Object.fromEntries(attributes.map(({ name, value }) => [name, value]));

/** The picture that is all of what was copied. */
function onlyPicture({ content }: Slice): Picture | undefined {
  const [block] = content.childCount === 1 ? content.content : [];
  const [image] = block?.isTextblock ? block.children : [block];
  return image && (block?.childCount ?? 0) <= 1 ? pictureOf(image) : undefined;
}

/**
 * Takes pictures out of what was pasted from `from` to `to` that only the program has which they were copied from, and answers what comes where
 * they stood: what `held` has of them, else the next of `files`. Where neither is, the words that stand for the picture stay.
 */
export function takeLocalPictures(
  transaction: Transaction,
  { from, to }: { readonly from: number; readonly to: number },
  files: readonly File[],
  held: HeldPictures,
): Incoming[] {
  const found: { readonly position: number; readonly picture: Picture }[] = [];
  transaction.doc.nodesBetween(from, to, (node, position) => {
    const picture = pictureOf(node);
    if (picture && isLocal(picture.address)) found.push({ position, picture });
  });
  const others = [...files];
  const begun = transaction.mapping.maps.length;
  const taken = found.map(({ position, picture: { address, attributes } }) => {
    const file = held.fileOf(address) ?? others.shift();
    const at = transaction.mapping.slice(begun).map(position);
    const alt = attributes['ac:alt'] ?? '';
    if (file || alt === '') transaction.delete(at, at + 1);
    else transaction.replaceWith(at, at + 1, schema.text(alt));
    return { file, at, picture: attributes, steps: transaction.mapping.maps.length };
  });
  return taken.map(({ file, at, picture, steps }) => ({
    file,
    at: transaction.mapping.slice(steps).map(at, -1),
    picture,
  }));
}

/** What is pasted or, with `at`, dropped there. */
export interface Taken {
  readonly data: DataTransfer | null;
  readonly slice: Slice;
  readonly at?: number | undefined;
}

type Add = (files: readonly Incoming[]) => void;

/**
 * Takes files. Where they come with HTML they are the pictures in it that have no address of their own; a spreadsheet's cells come with a picture
 * of them, which nobody wants. Answers whether there was something to take.
 */
export function takeFiles(view: EditorView, { data, slice, at }: Taken, held: HeldPictures, add: Add): boolean {
  if (data === null) return false;
  const files = [...data.files];
  const html = data.getData('text/html');
  if (html === '') {
    if (files.length > 0) add(files.map((file) => ({ file, at })));
    return files.length > 0;
  }
  if (isOwn(html)) return false;
  const pictures = files.filter(({ type }) => type.startsWith('image/'));
  const only = onlyPicture(slice);
  const [file] = pictures;
  if (only && file) add([{ file, at, picture: only.attributes }]);
  else if (!hasLocalPicture(slice)) return false;
  else pasteWithPictures(view, { slice, at, files: pictures }, held, add);
  return true;
}

function hasLocalPicture({ content }: Slice): boolean {
  let isFound = false;
  content.descendants((node) => {
    isFound ||= isLocal(pictureOf(node)?.address ?? '');
  });
  return isFound;
}

interface Pasted {
  readonly slice: Slice;
  readonly at: number | undefined;
  readonly files: readonly File[];
}

function pasteWithPictures(view: EditorView, { slice, at, files }: Pasted, held: HeldPictures, add: Add): void {
  const transaction = view.state.tr;
  if (at !== undefined) {
    const place = dropPoint(transaction.doc, at, slice) ?? at;
    transaction.setSelection(Selection.near(transaction.doc.resolve(place)));
  }
  const { from, to } = transaction.selection;
  transaction.replaceSelection(slice);
  const taken = takeLocalPictures(transaction, { from, to: transaction.mapping.map(to) }, files, held);
  view.dispatch(transaction.setMeta('paste', true).setMeta('uiEvent', 'paste').scrollIntoView());
  if (taken.length > 0) add(taken);
  view.focus();
}

import { nodeType } from '@tributary/editor-document';
import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { useState } from 'react';
import { useTexts } from '../messages/language';
import { uploadFile } from '../rest/writing';
import type { EditorSurface } from './editor-surface';
import { fileLink, imageSource } from './insertions';
import { closePlace, fillPlace, openPlaces } from './upload-places';

export interface UploadState {
  readonly name: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly hasFailed: boolean;
}

/** Attaches files to the page, which `pageId` makes sure is there, and puts each into the text when it is there, where the cursor was: a picture as an image, anything else as a link. */
export function useUploads(pageId: () => Promise<string | undefined>, surface: () => EditorSurface | undefined) {
  const [uploads, setUploads] = useState<readonly UploadState[]>([]);
  const change = (name: string, state: Partial<UploadState>) =>
    setUploads((all) => all.map((each) => (each.name === name ? { ...each, ...state } : each)));
  const upload = async (file: File, id: string | undefined, view: EditorView, order: number) => {
    try {
      if (id === undefined) throw new Error('There is no page yet that it could be attached to');
      await uploadFile(id, file, (share) => change(file.name, { share }));
    } catch {
      change(file.name, { hasFailed: true });
      if (!view.isDestroyed) view.dispatch(closePlace(view.state, order));
      return;
    }
    setUploads((all) => all.filter(({ name }) => name !== file.name));
    if (view.isDestroyed) return;
    const filled = fillPlace(view.state, order, nodeOf(file));
    if (filled) view.dispatch(filled);
  };
  /** `at`: where they were dropped; else they go behind what is selected. */
  const add = (files: readonly File[], at?: number) => {
    const view = surface()?.view;
    if (!view) return;
    const { transaction, orders } = openPlaces(
      view.state,
      files.map(({ name }) => name),
      at,
    );
    view.dispatch(transaction);
    setUploads((all) => [
      ...all.filter(({ name }) => !files.some((file) => file.name === name)),
      ...files.map(({ name }) => ({ name, share: 0, hasFailed: false })),
    ]);
    void pageId().then((id) => files.forEach((file, index) => void upload(file, id, view, orders[index] ?? 0)));
  };
  /** A page that is published before its files have arrived is published without them. */
  const isBusy = uploads.some(({ hasFailed }) => !hasFailed);
  return { uploads, add, isBusy };
}

function nodeOf(file: File): Node {
  const isPicture = file.type.startsWith('image/');
  const source = isPicture ? imageSource(file.name) : fileLink(file.name);
  return nodeType(isPicture ? 'image' : 'reference').create({ source });
}

/** How far files are on their way to the page, and which didn't arrive. */
export function UploadStates({ uploads }: { uploads: readonly UploadState[] }) {
  const { text } = useTexts();
  return uploads.map((upload) => (
    <p key={upload.name} className="editor-upload" role={upload.hasFailed ? 'alert' : 'status'}>
      {text(upload.hasFailed ? 'editor.upload.failed' : 'editor.upload', { name: upload.name })}
      {!upload.hasFailed && <progress max={1} value={upload.share} aria-label={upload.name} />}
    </p>
  ));
}

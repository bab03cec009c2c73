import { nodeType } from '@tributary/editor-document';
import { useState } from 'react';
import { uploadFile } from '../rest/writing';
import type { EditorSurface } from './editor-surface';
import { fileLink, imageSource } from './insertions';

export interface UploadState {
  readonly name: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly hasFailed: boolean;
}

/** Attaches files to the page, and puts each into the text when it is there: a picture as an image, anything else as a link. */
export function useUploads(pageId: string | undefined, surface: () => EditorSurface | undefined) {
  const [uploads, setUploads] = useState<readonly UploadState[]>([]);
  const change = (name: string, state: Partial<UploadState>) =>
    setUploads((all) => all.map((each) => (each.name === name ? { ...each, ...state } : each)));
  const upload = async (id: string, file: File) => {
    setUploads((all) => [
      ...all.filter(({ name }) => name !== file.name),
      { name: file.name, share: 0, hasFailed: false },
    ]);
    try {
      await uploadFile(id, file, (share) => change(file.name, { share }));
    } catch {
      change(file.name, { hasFailed: true });
      return;
    }
    setUploads((all) => all.filter(({ name }) => name !== file.name));
    const view = surface()?.view;
    if (!view) return;
    const isPicture = file.type.startsWith('image/');
    const source = isPicture ? imageSource(file.name) : fileLink(file.name);
    const node = nodeType(isPicture ? 'image' : 'reference').create({ source });
    view.dispatch(view.state.tr.replaceSelectionWith(node, false).scrollIntoView());
  };
  const add = (files: readonly File[]) => {
    if (pageId !== undefined) for (const file of files) void upload(pageId, file);
  };
  return { uploads, add };
}

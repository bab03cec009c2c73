import { nodeType } from '@tributary/editor-document';
import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { fileNames, uploadFile } from '../../rest/uploads';
import { fileLink, imageSource, type PictureAttributes } from '../insertions';
import { closePlace, fillPlace, openPlaces } from './upload-places';
import { UploadQueue } from './upload-queue';

/** A file that comes into the text. */
export interface Incoming {
  /** Undefined for a picture that the program didn't give away which it was copied from. */
  readonly file: File | undefined;
  /** Where it goes; else behind what is selected. */
  readonly at?: number | undefined;
  /** What was said of the picture where it was copied. */
  readonly picture?: PictureAttributes | undefined;
}

/** Attaches files to the page, which `pageId` makes sure is there, and puts each into the text when it is there, where the cursor was: a picture as an image, anything else as a link. */
export function useUploads(pageId: () => Promise<string | undefined>, view: () => EditorView | undefined) {
  const latest = useRef({ pageId, view });
  latest.current = { pageId, view };
  const [pictures] = useState(() => new Map<number, PictureAttributes>());
  const [queue] = useState(() => queueInto(() => latest.current, pictures));
  useEffect(() => () => queue.end(), [queue]);
  const uploads = useSyncExternalStore(queue.subscribe, queue.getUploads);
  const [lostCount, setLostCount] = useState(0);
  const add = (incoming: readonly Incoming[]) => {
    const current = view();
    if (!current) return;
    const given = incoming.flatMap(({ file, ...place }) => (file ? [{ ...place, file, name: file.name }] : []));
    setLostCount(incoming.length - given.length);
    const { transaction, orders } = openPlaces(current.state, given);
    current.dispatch(transaction);
    for (const [index, { file, picture }] of given.entries()) {
      const order = orders[index] ?? 0;
      if (picture) pictures.set(order, picture);
      queue.add(order, file);
    }
  };
  /** A page that is published before its files have arrived is published without them. */
  const isBusy = uploads.some(({ failure }) => failure === undefined);
  return { queue, uploads, add, isBusy, lostCount, forgetLost: () => setLostCount(0) };
}

interface Into {
  pageId(): Promise<string | undefined>;
  view(): EditorView | undefined;
}

/** Files go into the place in the text that has the number of their upload. */
function queueInto(into: () => Into, pictures: Map<number, PictureAttributes>): UploadQueue {
  const view = (): EditorView | undefined => {
    const current = into().view();
    return current?.isDestroyed ? undefined : current;
  };
  return new UploadQueue({
    pageId: () => into().pageId(),
    namesAt: fileNames,
    send: uploadFile,
    arrived(id, file, name) {
      const current = view();
      const filled = current && fillPlace(current.state, id, nodeOf(file, name, pictures.get(id)));
      if (filled) current.dispatch(filled);
    },
    givenUp(id) {
      const current = view();
      current?.dispatch(closePlace(current.state, id));
    },
  });
}

function nodeOf(file: File, name: string, picture: PictureAttributes | undefined): Node {
  const isPicture = file.type.startsWith('image/');
  const source = isPicture ? imageSource(name, picture) : fileLink(name);
  return nodeType(isPicture ? 'image' : 'reference').create({ source });
}

import { openStorage, type EditorDocument } from '@tributary/editor-document';
import type { EditorState } from 'prosemirror-state';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTexts } from '../messages/language';
import { bodyOfPieces, type Body } from './drafts/body-change';
import { EditorSurface, type SurfaceEvents } from './editor-surface';

export interface OpenBody {
  readonly surface: EditorSurface;
  readonly opened: EditorDocument;
  /** The body as it would be saved now. */
  body(): Body;
}

/** A place with an editor in it, opened with `body`; another body opens it anew. */
export function useSurface(body: string, events: SurfaceEvents) {
  const { text } = useTexts();
  const place = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<OpenBody>();
  const latest = useRef(events);
  latest.current = events;
  useEffect(() => {
    if (!place.current) return undefined;
    const opened = openStorage(body);
    const surface = new EditorSurface(place.current, opened.doc, text, {
      key: (event) => latest.current.key(event),
      files: (files) => latest.current.files(files),
      pageId: () => latest.current.pageId(),
      changed: () => latest.current.changed(),
    });
    setOpen({ surface, opened, body: () => bodyOfPieces(opened.toPieces(surface.view.state.doc)) });
    return () => surface.view.destroy();
    // The editor isn't opened anew because the language changed: that would cost the history of undo.
  }, [body]);
  return { place, open };
}

/**
 * The editor's state; who uses it is rendered again when `aspect` of it is another. All of it would be with every key, which is for what is
 * open for a moment only: while the cursor is in the text, React walks through the whole text each time that anything is rendered.
 */
export function useEditorState(
  surface: EditorSurface,
  aspect: (state: EditorState) => unknown = (state) => state,
): EditorState {
  useSyncExternalStore(surface.subscribe, () => aspect(surface.state()));
  return surface.state();
}

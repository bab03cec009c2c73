import { openStorage, type EditorDocument } from '@tributary/editor-document';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTexts } from '../messages/language';
import { EditorSurface, type SurfaceEvents } from './editor-surface';

export interface OpenBody {
  readonly surface: EditorSurface;
  readonly opened: EditorDocument;
  /** The body as it would be saved now. */
  storage(): string;
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
    });
    setOpen({ surface, opened, storage: () => opened.toStorage(surface.view.state.doc) });
    return () => surface.view.destroy();
    // The editor isn't opened anew because the language changed: that would cost the history of undo.
  }, [body]);
  const state = useSyncExternalStore(open?.surface.subscribe ?? nothing, open?.surface.state ?? none);
  return { place, open, state };
}

const nothing = () => () => undefined;
const none = () => undefined;

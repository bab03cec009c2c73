import { openStorage } from '@tributary/editor-document';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../messages/language';
import { nodeViewsOf } from '../node-views';

/** Blocks as the editor draws them, only to look at. */
export function BlocksView({ blocks, pageId }: { blocks: readonly string[]; pageId: string }) {
  const { text } = useTexts();
  const place = useRef<HTMLDivElement>(null);
  const body = blocks.join('');
  useEffect(() => {
    if (!place.current) return undefined;
    const view = new EditorView(place.current, {
      state: EditorState.create({ doc: openStorage(body).doc }),
      nodeViews: nodeViewsOf(text, () => pageId),
      editable: () => false,
      attributes: { class: 'wiki-content editor-text merge-text' },
    });
    return () => view.destroy();
  }, [body]);
  // Nothing in it can be used: boxes and fields of its macros only show what they hold.
  return <div ref={place} inert />;
}

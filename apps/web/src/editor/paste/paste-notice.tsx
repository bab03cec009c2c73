import { useEffect } from 'react';
import { useTexts } from '../../messages/language';
import type { EditorSurface } from '../editor-surface';
import { useEditorState } from '../use-surface';
import { dismissOffer, pasteOffer, pastePlain } from './paste-plugin';
import { loadReaders } from './pasted';
import './paste.css';

/** Says that a pasted text was read as Markdown or wiki markup, and takes that back if it wasn't meant. */
export function PasteNotice({ surface }: { surface: EditorSurface }) {
  const { text } = useTexts();
  const offer = pasteOffer(useEditorState(surface, pasteOffer));
  useEffect(() => {
    // Pasting doesn't wait for it then; where it can't be loaded now, pasting tries again.
    const timer = setTimeout(() => void loadReaders().catch(() => undefined), 2_000);
    return () => clearTimeout(timer);
  }, []);
  if (offer === undefined) return null;
  return (
    <div className="editor-pasted" role="status">
      <span>{text(offer.kind === 'wiki' ? 'editor.pasted.wiki' : 'editor.pasted.markdown')}</span>
      <button type="button" className="button" onClick={() => pastePlain(surface.view, offer)}>
        {text('editor.pasted.plain')}
      </button>
      <button type="button" className="button" onClick={() => dismissOffer(surface.view)}>
        {text('editor.pasted.keep')}
      </button>
    </div>
  );
}

import { useEffect, useRef } from 'react';
import { useTexts } from '../messages/language';
import type { EditedPage } from '../rest/writing';

interface Props {
  readonly other: EditedPage;
  keepMine(): void;
  close(): void;
}

/** Somebody else has saved the page since it was opened: nothing is lost whatever the writer chooses. */
export function ConflictDialog({ other, keepMine, close }: Props) {
  const { text, date } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { by, when, number } = other.version;
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="conflict-title" onClose={close}>
      <h2 id="conflict-title">{text('editor.conflict.title')}</h2>
      <p>{text('editor.conflict.text', { name: by.displayName, date: date(when), number })}</p>
      <div className="dialog-buttons">
        <a className="button" href={`/pages/viewpage.action?pageId=${other.id}`} target="_blank" rel="noreferrer">
          {text('editor.conflict.see')}
        </a>
        <button type="button" className="button" onClick={close}>
          {text('editor.conflict.back')}
        </button>
        <button type="button" className="button primary" onClick={keepMine}>
          {text('editor.conflict.mine', { number: number + 1 })}
        </button>
      </div>
    </dialog>
  );
}

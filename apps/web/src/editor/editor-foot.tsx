import { useEffect, useRef, useState, type ReactNode } from 'react';
import { isOfInputMethod } from '../frame/input-method';
import { useTexts } from '../messages/language';
import type { EditedPage } from '../rest/writing';
import type { DraftKeeper } from './drafts/draft-keeper';
import { DiscardButton } from './drafts/draft-notices';
import { DraftStatus } from './drafts/draft-status';
import { useIsDraft } from './drafts/use-draft';
import './editor-foot.css';

interface Props {
  readonly page: EditedPage | undefined;
  readonly keeper: DraftKeeper;
  readonly canSave: boolean;
  readonly isBusy: boolean;
  save(message: string, isMinor: boolean): void;
  close(): void;
  discarded(): void;
  /** How long the text is, beside whether it is saved. */
  readonly count: ReactNode;
  readonly uploads: ReactNode;
  /** What else there is to do with the text. */
  readonly tools: ReactNode;
}

/** What the change is called, and publishing it; the keys for that work wherever the cursor is. */
export function EditorFoot({ page, keeper, canSave, isBusy, save, close, discarded, count, uploads, tools }: Props) {
  const { text } = useTexts();
  const [message, setMessage] = useState('');
  const [isMinor, setMinor] = useState(false);
  const isUnchanged = useIsDraft(keeper, 'unchanged');
  const isPublished = page !== undefined && page.status !== 'draft';
  const publish = useRef(() => {});
  publish.current = () => {
    if (canSave) save(message, isMinor);
  };
  useEffect(() => {
    const saveKeys = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || (event.key !== 's' && event.key !== 'Enter')) return;
      // In a code block it leads out of the block.
      if (event.defaultPrevented || isOfInputMethod(event)) return;
      event.preventDefault();
      publish.current();
    };
    addEventListener('keydown', saveKeys);
    return () => removeEventListener('keydown', saveKeys);
  }, []);
  return (
    <div className="editor-foot">
      {uploads}
      <div className="foot-state">
        <DraftStatus keeper={keeper} />
        {count}
      </div>
      {tools}
      {isPublished && (
        <div className="foot-change">
          <input
            aria-label={text('editor.message')}
            placeholder={text('editor.message')}
            value={message}
            onChange={({ target }) => setMessage(target.value)}
          />
          <label>
            <input type="checkbox" checked={isMinor} onChange={({ target }) => setMinor(target.checked)} />
            {text('editor.minor')}
          </label>
        </div>
      )}
      {(!isUnchanged || keeper.hadDraft) && <DiscardButton keeper={keeper} discarded={discarded} />}
      <button type="button" className="button" onClick={close}>
        {text('editor.close')}
      </button>
      <button type="button" className="button primary" disabled={!canSave} onClick={() => publish.current()}>
        {text(isBusy ? 'editor.saving' : isPublished ? 'editor.save' : 'editor.publish')}
      </button>
    </div>
  );
}

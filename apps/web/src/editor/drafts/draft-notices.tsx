import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import type { EditedPage } from '../../rest/writing';
import type { DraftKeeper } from './draft-keeper';
import type { LocalDraft } from './local-drafts';
import type { Opening } from './opening';
import { useIsDraft } from './use-draft';

interface Props {
  readonly page: EditedPage | undefined;
  readonly opening: Opening;
  readonly keeper: DraftKeeper;
  restore(offered: LocalDraft): void;
  forget(): void;
  takeOver(): void;
  reload(): void;
}

/** What the writer must know of the text that they see: that it is a draft, and which others there are. */
export function DraftNotices({ page, opening, keeper, restore, forget, takeOver, reload }: Props) {
  const { text, date } = useTexts();
  const isElsewhere = useIsDraft(keeper, 'elsewhere');
  const [offered, setOffered] = useState(opening.offered);
  const isOlder = page?.status === 'current' && opening.version > 0 && page.version.number > opening.version;
  return (
    <>
      {opening.from === 'merge' && <Notice label={text('merge.done')} />}
      {(opening.from === 'draft' || opening.from === 'browser') && (
        <Notice isCalm={!isOlder} label={text('draft.resumed', { date: date(opening.when) })}>
          {isOlder && (
            <p>{text('draft.older', { name: page.version.by.displayName, date: date(page.version.when) })}</p>
          )}
        </Notice>
      )}
      {offered && (
        <Notice label={text('draft.offered', { date: date(offered.when) })}>
          <button type="button" className="button" onClick={() => restore(offered)}>
            {text('draft.restore')}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              forget();
              setOffered(undefined);
            }}
          >
            {text('draft.forget')}
          </button>
        </Notice>
      )}
      {isElsewhere && (
        <Notice label={text('draft.elsewhere')}>
          <button type="button" className="button" onClick={takeOver}>
            {text('draft.takeOver')}
          </button>
          <button type="button" className="button" onClick={reload}>
            {text('draft.reload')}
          </button>
        </Notice>
      )}
    </>
  );
}

interface NoticeProps {
  readonly label: string;
  /** Nothing to decide. */
  readonly isCalm?: boolean;
  readonly children?: ReactNode;
}

function Notice({ label, isCalm = false, children }: NoticeProps) {
  return (
    <div className={`editor-notice${isCalm ? ' calm' : ''}`} role="status">
      <p>{label}</p>
      {children}
    </div>
  );
}

/** Throws the draft away, after asking. */
export function DiscardButton({ keeper, discarded }: { keeper: DraftKeeper; discarded(): void }) {
  const { text } = useTexts();
  const [isAsking, setAsking] = useState(false);
  const discard = async () => {
    await keeper.discard();
    discarded();
  };
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {text('draft.discard.short')}
      </button>
      {isAsking && (
        <ConfirmDialog
          title={text('draft.discard.title')}
          question={text('draft.discard.text')}
          action={text('draft.discard')}
          run={discard}
          failure={(error) => text(failureKey(error))}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
}

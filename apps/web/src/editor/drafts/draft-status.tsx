import { useEffect, useState, useSyncExternalStore } from 'react';
import { explained } from '../../messages/explained';
import { useTexts } from '../../messages/language';
import type { DraftKeeper } from './draft-keeper';

const tickMillis = 1_000;

/** "Draft saved 3 s ago", and what stands in the way of that. */
export function DraftStatus({ keeper }: { keeper: DraftKeeper }) {
  const { text } = useTexts();
  const state = useSyncExternalStore(keeper.subscribe, keeper.getState);
  const isTrouble = ['kept', 'unkept', 'refused'].includes(state.kind);
  return (
    <div className="draft-status">
      {/* Heard when something goes wrong and when it is right again, not every second. */}
      <span role="status">
        {state.kind === 'kept' && text('draft.kept')}
        {state.kind === 'unkept' && text('draft.unkept')}
        {state.kind === 'refused' && text('draft.refused', { message: explained(state.error, text) })}
      </span>
      {!isTrouble && (
        <span>
          {state.kind === 'changed' && text('draft.saving')}
          {state.kind === 'saved' && <SavedAgo at={state.at} />}
        </span>
      )}
    </div>
  );
}

function SavedAgo({ at }: { at: number }) {
  const { text, ago } = useTexts();
  const [now, setNow] = useState(at);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), tickMillis);
    return () => clearInterval(timer);
  }, [at]);
  return text('draft.saved', { ago: ago(Math.max(0, now - at)) });
}

import { useEffect, useState } from 'react';
import { ApiError } from '../../rest/client';
import { markEditing, type Editing } from '../../rest/editing';

/** A quarter of the lease that the wiki gives an editor: one answer may be lost. */
const beatMillis = 3_000;

/** Tells the wiki that this page is open in an editor, and learns who else has it open; undefined until it answered. */
export function usePresence(pageId: string | undefined): Editing | undefined {
  const [editing, setEditing] = useState<Editing>();
  useEffect(() => {
    if (pageId === undefined) return undefined;
    const session = crypto.randomUUID();
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = async () => {
      try {
        const answer = await markEditing(pageId, session, false);
        if (!isOver) setEditing((known) => (JSON.stringify(known) === JSON.stringify(answer) ? known : answer));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // What the draft's state says already; nobody is shown who may be gone.
        setEditing(undefined);
      }
      if (!isOver) timer = setTimeout(() => void beat(), beatMillis);
    };
    const leave = () => {
      isOver = true;
      clearTimeout(timer);
      // Where it doesn't arrive, the lease runs out.
      markEditing(pageId, session, true).catch(() => undefined);
    };
    void beat();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [pageId]);
  return editing;
}

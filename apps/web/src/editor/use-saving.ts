import { useRef, useState } from 'react';
import { useTexts } from '../messages/language';
import { ApiError } from '../rest/client';
import { queryClient } from '../rest/queries';
import { createPage, editedPageQuery, savePage, type EditedPage, type Writing } from '../rest/writing';
import type { Edited } from './page-editor';

/** Saves the page as the version after `base`, once at a time. What another writer has saved meanwhile is never written over unasked. */
export function useSaving({ page, spaceKey, parentId }: Edited, base: number) {
  const { text } = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [saved, setSaved] = useState<EditedPage>();
  const [conflict, setConflict] = useState<EditedPage>();
  const [failure, setFailure] = useState<string>();
  const isLeaving = useRef(false);

  const refused = async (error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 409 && page) {
      const other = await queryClient.fetchQuery(editedPageQuery(page.id));
      if (other.version.number > base) return setConflict(other);
    }
    setFailure(error.status === 0 || error.status >= 502 ? text('editor.failed.unreachable') : error.message);
  };
  const save = async (writing: Writing, number?: number) => {
    if (isBusy || writing.title === '') return;
    setBusy(true);
    setFailure(undefined);
    setConflict(undefined);
    try {
      const written = page
        ? await savePage(page.id, number ?? base + 1, writing)
        : await createPage(spaceKey, parentId, writing);
      isLeaving.current = true;
      // Read as it was before: the page itself, its place in the tree, and what may be done with it.
      queryClient.removeQueries({
        predicate: ({ queryKey, state }) =>
          !['session', 'children'].includes(String(queryKey[0])) && state.fetchStatus === 'idle',
      });
      void queryClient.invalidateQueries({ queryKey: ['children'] });
      setSaved(written);
    } catch (error) {
      await refused(error).catch((unread: unknown) => setFailure(String(unread)));
    } finally {
      setBusy(false);
    }
  };
  return {
    save,
    isBusy,
    saved,
    isSaved: saved !== undefined,
    /** Whether the screen is being left because all is saved. */
    leaving: () => isLeaving.current,
    conflict,
    closeConflict: () => setConflict(undefined),
    failure,
  };
}

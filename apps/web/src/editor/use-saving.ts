import { useRef, useState } from 'react';
import { useTexts } from '../messages/language';
import { ApiError } from '../rest/client';
import { queryClient } from '../rest/queries';
import { createPage, editedPageQuery, savePage, type EditedPage, type Writing } from '../rest/writing';
import type { DraftKeeper } from './drafts/draft-keeper';
import type { DraftText } from './drafts/remote-drafts';
import type { Edited } from './page-editor';

/** What somebody else has published since the text was begun, and that text. */
interface Conflict {
  readonly theirs: EditedPage;
  readonly mine: DraftText;
  /** What both began with, where that was never published. */
  readonly begun: DraftText;
}

/**
 * Publishes the page as the version after `base`, once at a time. What another writer has saved meanwhile is never written over unasked.
 * The draft goes when its text is published.
 */
export function useSaving({ type, page, spaceKey, parentId }: Edited, base: number, keeper: DraftKeeper) {
  const { text } = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [conflict, setConflict] = useState<Conflict>();
  const [failure, setFailure] = useState<string>();
  const isLeaving = useRef(false);

  /** Asks for what somebody else has published, to put it together with `mine`; answers whether there is something. */
  const meet = async (mine: DraftText): Promise<boolean> => {
    const id = page?.id ?? keeper.pageId;
    if (id === undefined) return false;
    const theirs = await queryClient.fetchQuery(editedPageQuery(id));
    if (theirs.status === 'draft' || theirs.version.number <= base) return false;
    setConflict({ theirs, mine, begun: keeper.known });
    return true;
  };
  const refused = async (error: unknown, mine: DraftText) => {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 409 && (await meet(mine))) return;
    // Another window has saved the draft: the writer is asked which text to go on with.
    await keeper.flush();
    if (keeper.state.kind === 'elsewhere') return;
    setFailure(error.status === 0 || error.status >= 502 ? text('editor.failed.unreachable') : error.message);
  };
  /** The page as it is published; undefined where it couldn't be. */
  const save = async (writing: Writing & DraftText): Promise<EditedPage | undefined> => {
    if (isBusy || writing.title === '') return undefined;
    setBusy(true);
    setFailure(undefined);
    setConflict(undefined);
    try {
      // A draft that is on its way becomes the page, not a page beside it.
      await keeper.settle();
      const id = page?.id ?? keeper.pageId;
      const written = await (id === undefined
        ? createPage({ type, spaceKey, parentId }, writing)
        : savePage({ id, type }, base + 1, writing, keeper.savedContent));
      isLeaving.current = true;
      await (page?.status === 'current' ? keeper.discard() : keeper.end()).catch(() => {
        // A draft that says what the page says is none; the wiki removes it by itself.
      });
      // Read as it was before: the page itself, its place in the tree, and what may be done with it.
      queryClient.removeQueries({
        predicate: ({ queryKey, state }) =>
          !['session', 'children'].includes(String(queryKey[0])) && state.fetchStatus === 'idle',
      });
      void queryClient.invalidateQueries({ queryKey: ['children'] });
      return written;
    } catch (error) {
      keeper.changed();
      await refused(error, writing).catch((unread: unknown) => setFailure(String(unread)));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return {
    save,
    meet,
    isBusy,
    /** Whether the screen is being left because all is saved. */
    leaving: () => isLeaving.current,
    conflict,
    closeConflict: () => setConflict(undefined),
    failure,
  };
}

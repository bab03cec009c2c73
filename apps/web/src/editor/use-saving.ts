import { useRef, useState } from 'react';
import { explained } from '../messages/explained';
import { useTexts } from '../messages/language';
import { ApiError, isTemporary } from '../rest/client';
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

  /** What is published after the version that the text was made from; undefined where nothing is. */
  const publishedSince = async (): Promise<EditedPage | undefined> => {
    const id = page?.id ?? keeper.pageId;
    if (id === undefined) return undefined;
    const there = await queryClient.fetchQuery(editedPageQuery(id));
    return there.status === 'draft' || there.version.number <= base ? undefined : there;
  };
  const showConflict = (theirs: EditedPage, mine: DraftText) => setConflict({ theirs, mine, begun: keeper.known });
  /** Asks for what somebody else has published, to put it together with `mine`; answers whether there is something. */
  const meet = async (mine: DraftText): Promise<boolean> => {
    const theirs = await publishedSince();
    if (theirs !== undefined) showConflict(theirs, mine);
    return theirs !== undefined;
  };
  const refused = async (error: unknown) => {
    keeper.changed();
    if (!(error instanceof ApiError)) throw error;
    // Another window has saved the draft: the writer is asked which text to go on with.
    await keeper.flush();
    if (keeper.state.kind === 'elsewhere') return;
    setFailure(wordsOf(error));
  };
  const wordsOf = (error: unknown): string => {
    if (!(error instanceof ApiError)) return String(error);
    return error.status === 0 || error.status >= 502 ? text('editor.failed.unreachable') : explained(error, text);
  };
  /** Does something that leaves the text as it is where it fails; the writer is told so. */
  const attempt = async (action: () => Promise<unknown>): Promise<void> => {
    setFailure(undefined);
    await action().catch((error: unknown) => setFailure(wordsOf(error)));
  };
  /**
   * Publishes once: where the answer to that was lost with its gateway, the wiki may have this very text already. Where it has another, the writer
   * is shown both.
   */
  const publish = async (writing: Writing & DraftText): Promise<EditedPage | undefined> => {
    const id = page?.id ?? keeper.pageId;
    if (id === undefined) return createPage({ type, spaceKey, parentId }, writing);
    try {
      return await savePage({ id, type }, base + 1, writing, keeper.savedContent);
    } catch (error) {
      if (!(error instanceof ApiError) || !(error.status === 409 || isTemporary(error))) throw error;
      const there = await publishedSince();
      if (there === undefined) throw error;
      const isOwn = there.title === writing.title && there.body.storage.value === writing.body;
      if (isOwn && there.status === 'current') return there;
      keeper.changed();
      showConflict(there, writing);
      return undefined;
    }
  };
  /** The page as it is published, with what is written when all before is saved; undefined where it couldn't be. */
  const save = async (read: () => Writing & DraftText): Promise<EditedPage | undefined> => {
    let writing = read();
    if (isBusy || writing.title === '') return undefined;
    setBusy(true);
    setFailure(undefined);
    setConflict(undefined);
    try {
      // A draft that is on its way becomes the page, not a page beside it.
      await keeper.settle();
      writing = read();
      const written = await publish(writing);
      if (written === undefined) return undefined;
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
      await refused(error).catch((unread: unknown) => setFailure(wordsOf(unread)));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return {
    save,
    meet,
    attempt,
    isBusy,
    /** Whether the screen is being left because all is saved. */
    leaving: () => isLeaving.current,
    conflict,
    closeConflict: () => setConflict(undefined),
    failure,
  };
}

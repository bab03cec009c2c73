import { useEffect, useState, useSyncExternalStore } from 'react';
import { sessionQuery } from '../../rest/session';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Edited } from '../page-editor';
import { DraftKeeper, type DraftState, type LocalPlace } from './draft-keeper';
import { forgetLocally, keepLocally } from './local-drafts';
import { isAsPublished, type Opening } from './opening';
import { DraftOfPage, NewPageDraft, type DraftText, type RemoteDraft } from './remote-drafts';

/** What a page that isn't in the wiki yet is called in this browser. */
export const placeOf = ({ type, page, spaceKey, parentId }: Edited): string =>
  page?.id ?? `new.${spaceKey}.${type === 'page' ? (parentId ?? '') : type}`;

/** Keeps what is being written; `read` says what that is. */
export function useDraft(edited: Edited, opening: Opening, read: () => DraftText): DraftKeeper {
  const { data: user } = useSuspenseQuery(sessionQuery);
  const [keeper] = useState(() => keeperOf(edited, opening, user.username ?? '', read));
  useEffect(() => {
    // What only this browser has is on its way at once.
    if (opening.from === 'browser' || opening.from === 'merge') keeper.changed();
    // What the wiki has too isn't offered another time.
    else if (!opening.offered) void keeper.forgetLocally();
    const leave = () => void keeper.flush(true);
    const hide = () => {
      if (document.visibilityState !== 'hidden') return;
      keeper.keepHere();
      void keeper.flush();
    };
    const reconnect = () => void keeper.flush();
    addEventListener('pagehide', leave);
    addEventListener('online', reconnect);
    document.addEventListener('visibilitychange', hide);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('online', reconnect);
      document.removeEventListener('visibilitychange', hide);
      keeper.keepHere();
      void keeper.flush();
    };
  }, [keeper]);
  return keeper;
}

/** Whether a draft is in a state; who uses it is rendered again when that changes, and not with every save. */
export const useIsDraft = (keeper: DraftKeeper, kind: DraftState['kind']): boolean =>
  useSyncExternalStore(keeper.subscribe, () => keeper.state.kind === kind);

function keeperOf(edited: Edited, opening: Opening, user: string, read: () => DraftText): DraftKeeper {
  const { type, page, spaceKey, parentId } = edited;
  let place = placeOf(edited);
  const local: LocalPlace = {
    keep: (draft) => keepLocally(user, place, draft),
    forget: () => forgetLocally(user, place),
  };
  const created = (id: string) => {
    void forgetLocally(user, place);
    place = id;
    // A reload opens the draft. The router isn't told: to it this is still the screen that makes a page, with the cursor where it is.
    History.prototype.replaceState.call(history, history.state, '', `/pages/resumedraft.action?draftId=${id}`);
  };
  const remote: RemoteDraft =
    page === undefined || page.status === 'draft'
      ? new NewPageDraft(
          { type, spaceKey, parentId },
          created,
          page?.id,
          page?.version.when ?? '',
          opening,
          opening.creation,
        )
      : new DraftOfPage(page.id, opening.revision, opening);
  const isPublished = (text: DraftText) => isAsPublished(page, text);
  return new DraftKeeper({ remote, local, read, isPublished }, opening.from !== 'page');
}

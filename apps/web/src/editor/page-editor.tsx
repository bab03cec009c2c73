import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { draftQuery } from '../rest/drafts';
import { queryClient } from '../rest/queries';
import { sessionQuery } from '../rest/session';
import { editedPageQuery, type EditedPage } from '../rest/writing';
import { forgetLocally, localDraft, type LocalDraft } from './drafts/local-drafts';
import { openingOf, type Opening } from './drafts/opening';
import type { DraftText } from './drafts/remote-drafts';
import { placeOf } from './drafts/use-draft';
import { WritingScreen } from './writing-screen';

export interface Edited {
  readonly type: EditedPage['type'];
  /** Undefined for a page that is being made. */
  readonly page?: EditedPage;
  readonly spaceKey: string;
  readonly parentId?: string;
}

/** What an editor is opened with; another one opens it anew. */
interface Opened {
  readonly page: EditedPage | undefined;
  readonly opening: Opening;
  readonly times: number;
}

/** Opens a page for writing: as it is published, or with what the writer has made of it. */
export default function PageEditor({ type, page: loaded, spaceKey, parentId }: Edited) {
  const { data: user } = useSuspenseQuery(sessionQuery);
  const name = user.username ?? '';
  const place = placeOf({ type, page: loaded, spaceKey, parentId });
  const { data: draft } = useSuspenseQuery(
    loaded?.status === 'current' || loaded?.status === 'trashed'
      ? { ...draftQuery(loaded.id), refetchOnWindowFocus: false }
      : { queryKey: ['draft', place], queryFn: () => null },
  );
  const { data: local } = useSuspenseQuery({
    queryKey: ['local draft', name, place],
    queryFn: async () => (await localDraft(name, place)) ?? null,
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
  const [opened, setOpened] = useState<Opened>(() => ({
    page: loaded,
    opening: openingOf(loaded, draft, local ?? undefined),
    times: 0,
  }));
  const { page, opening, times } = opened;
  const openAgain = (next: Partial<Opened>) => setOpened({ ...opened, ...next, times: times + 1 });
  const restore = (offered: LocalDraft, instead: DraftText, revision: number) => {
    const put = { ...instead, basis: '', when: new Date().toISOString() };
    openAgain({ opening: { ...offered, from: 'browser', revision, offered: put } });
  };
  const merged = (current: EditedPage | undefined, text: DraftText, revision: number) =>
    openAgain({ page: current, opening: { ...text, from: 'merge', when: '', revision } });
  const reload = async (id: string | undefined) => {
    if (id === undefined) return openAgain({ opening: openingOf(undefined, null, undefined) });
    const [current, kept] = await Promise.all([queryClient.fetchQuery(editedPageQuery(id)), localDraft(name, id)]);
    const saved = current.status === 'draft' ? null : await queryClient.fetchQuery(draftQuery(id));
    openAgain({ page: current, opening: openingOf(current, saved, kept) });
  };
  return (
    <WritingScreen
      key={times}
      edited={{ type, page, spaceKey, parentId }}
      opening={opening}
      restore={restore}
      merged={merged}
      forget={() => void forgetLocally(name, place)}
      reload={reload}
    />
  );
}

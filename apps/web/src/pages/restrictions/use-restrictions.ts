import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryClient } from '../../rest/queries';
import { restrict, restrictionsQuery, type OwnRestrictions, type Subject } from '../../rest/restrictions';
import { sessionQuery } from '../../rest/session';
import { areSame, restrictionsOf, shownOf, withEntry, type Openness, type Shown } from './entries';

interface Change {
  readonly shown: Shown;
  /** What the wiki had when the change began. */
  readonly from: OwnRestrictions;
}

/** A page's restrictions while somebody looks at them: what the wiki has, until they change something, and then their own. */
export function useRestrictions(pageId: string, close: () => void) {
  const { data: user } = useSuspenseQuery(sessionQuery);
  const present = { ...restrictionsQuery(pageId), staleTime: 0 };
  const { data: known, error } = useQuery(present);
  const [changed, setChanged] = useState<Change>();
  const shown = changed?.shown ?? (known && shownOf(known));
  const change = (next: Shown) => {
    const from = changed?.from ?? known;
    if (from) setChanged({ shown: next, from });
  };
  const me: Subject = { kind: 'user', key: user.userKey ?? '', name: user.displayName };
  const choose = (openness: Openness) => {
    const entries = shown?.entries ?? [];
    // Nobody locks themselves out.
    change({ openness, entries: openness === 'open' ? entries : withEntry(entries, me) });
  };
  const saving = useMutation({
    mutationFn: async () => {
      const wanted = changed && restrictionsOf(changed.shown);
      if (!wanted) return changed === undefined;
      // Whoever was quicker is shown by what is known then.
      if (!areSame(changed.from, await queryClient.fetchQuery(present))) return false;
      await restrict(pageId, wanted);
      await queryClient.invalidateQueries({ queryKey: ['restrictions', pageId] });
      return true;
    },
    onSuccess: (isDone) => isDone && close(),
  });
  const isOutdated = changed !== undefined && known !== undefined && !saving.isPending && !areSame(changed.from, known);
  const others = isOutdated
    ? { show: () => setChanged(undefined), keepOwn: () => setChanged({ ...changed, from: known }) }
    : undefined;
  return { above: known?.above ?? [], shown, choose, change, others, saving, error: saving.error ?? error };
}

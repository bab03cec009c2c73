import { useState } from 'react';
import { failureKey } from '../../rest/client';
import { movePage } from '../../rest/pages';
import { queryClient } from '../../rest/queries';
import { backOf, type Move } from './moving';
import type { Row } from './tree-rows';

/** How the last move ended. */
export type Moved =
  { readonly title: string; readonly back: Move | undefined } | { readonly failure: ReturnType<typeof failureKey> };

/** Moves pages, and knows the way back of the last one. */
export function useMoving(rows: readonly Row[], homeId: string | null | undefined) {
  const [moved, setMoved] = useState<Moved>();
  const run = async (move: Move, way: Move | undefined) => {
    const title = rows.map((row) => (row.key === move.id && row.kind === 'page' ? row.leaf.title : '')).join('');
    try {
      await movePage(move.id, move.position, move.targetId);
      setMoved({ title, back: way });
    } catch (error) {
      setMoved({ failure: failureKey(error) });
    }
    await Promise.all(['children', 'page'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
  };
  return {
    moved,
    move: (move: Move) => run(move, backOf(rows, move.id, homeId)),
    goBack: (move: Move) => run(move, undefined),
    forget: () => setMoved(undefined),
  };
}

import type { administration } from '@tributary/contracts';

/** Where a rolling upgrade is, by the versions of the nodes that can be reached: as Confluence tells it. */
export function upgradeStateOf(
  originalVersion: string | null,
  versions: readonly string[],
): administration.Upgrade['state'] {
  if (originalVersion === null) return 'STABLE';
  const different = new Set(versions);
  if (different.size > 1) return 'MIXED';
  return different.size === 0 || different.has(originalVersion) ? 'READY_TO_UPGRADE' : 'READY_TO_RUN_UPGRADE_TASKS';
}

type UpgradeAction = 'start' | 'cancel' | 'approve';

/** Why an action makes no sense in a state; undefined when it does. */
export function refusalOf(action: UpgradeAction, state: administration.Upgrade['state']): string | undefined {
  if (action === 'start') return state === 'STABLE' ? undefined : 'A rolling upgrade is under way already';
  if (state === 'STABLE') return 'No rolling upgrade is under way';
  if (action === 'cancel')
    return state === 'READY_TO_UPGRADE'
      ? undefined
      : 'Nodes have been upgraded already: only an upgrade without them can be cancelled';
  return state === 'READY_TO_RUN_UPGRADE_TASKS' ? undefined : 'Not all nodes have been upgraded to one version';
}

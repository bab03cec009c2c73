import { declareJob } from '@tributary/cluster';
import { administration } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import type { StartedContext } from '@tributary/service';
import { HeardNodes } from '../administration/heard-nodes.js';
import { Alarms } from './alarms.js';

/** Entries of each cache of each node that one run compares; each costs its owner a request. */
const entriesMax = 20;

/**
 * The sampling auditor: every node that keeps near caches compares some entries with what their owners say (COHERENCE, "How it is
 * checked"). A stale entry is a defect of Tributary, so it fails the run and raises an alarm; the node has it in its log and figures.
 */
export const cacheAudit = declareJob<StartedContext>(
  {
    name: 'cluster-coordinator.cache-audit',
    description: 'Compares samples of all near caches with what their owners say',
    schedule: { cron: '0 */10 * * * *', timeZone: 'UTC' },
    timeoutMillis: 300_000,
    misfire: 'skip',
    attemptsMax: 1,
  },
  async (run, { logger, get }) => {
    const nodes = await get(HeardNodes).all();
    const holders = nodes.filter(({ hasCaches, state }) => hasCaches && state !== 'unreachable');
    const messaging = get(MessagingClient);
    const audits = await Promise.allSettled(
      holders.map(async ({ nodeId }) => {
        const contract = administration.auditCachesOf(nodeId);
        return { nodeId, ...(await messaging.request(contract, { entriesMax }, { signal: run.signal })) };
      }),
    );
    const answered = audits.flatMap((audit) => (audit.status === 'fulfilled' ? [audit.value] : []));
    for (const audit of audits)
      if (audit.status === 'rejected') logger.warn({ err: audit.reason }, 'a node was not audited');
    const compared = answered.reduce((sum, audit) => sum + audit.compared, 0);
    const stale = answered.flatMap(({ nodeId, stale: found }) => found.map((entry) => ({ nodeId, ...entry })));
    const args = [holders.length, compared, stale.length, holders.length - answered.length];
    run.progress(100, { key: 'safety.audited', args });
    for (const { nodeId, cache, tags } of stale) {
      const text = `The cache ${cache} of ${nodeId} held what its owner says otherwise: ${tags.join(', ')}`;
      await get(Alarms).raise('stale-cache', text);
    }
    if (stale.length > 0) throw new Error(staleText(stale));
  },
);

const staleText = (stale: readonly { nodeId: string; cache: string; tags: readonly string[] }[]): string =>
  `Stale entries of near caches, a defect: ${stale.map(({ nodeId, cache, tags }) => `${cache} of ${nodeId} (${tags.join(', ')})`).join('; ')}`;

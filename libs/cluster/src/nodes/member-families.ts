import type { administration } from '@tributary/contracts';
import { version, type Family, type ServiceConfig } from '@tributary/platform';
import type { MemberStatus } from '../member.js';

type CacheFigure = Exclude<keyof administration.CacheFigures, 'name'>;

const cacheMetrics: readonly [CacheFigure, string, 'gauge' | 'counter', string][] = [
  ['entries', 'entries', 'gauge', 'Entries of a near cache'],
  ['bytes', 'bytes', 'gauge', 'About how many bytes they hold'],
  ['bytesMax', 'bytes_max', 'gauge', 'Bytes that they may hold'],
  ['hits', 'hits_total', 'counter', 'Answers that the cache had'],
  ['misses', 'misses_total', 'counter', 'Answers that had to be loaded'],
  ['pins', 'pinned_entries_total', 'counter', 'Entries that writes dropped'],
  ['evictions', 'evictions_total', 'counter', 'Entries that had to make room'],
];

/** A process's membership and caches as metrics. */
export function memberFamilies(
  { service, nodeId }: Pick<ServiceConfig, 'service' | 'nodeId'>,
  { lease, openPins, isAdmitted, caches, audits }: MemberStatus,
  isLeader: boolean,
): Family[] {
  const one = (name: string, type: 'gauge' | 'counter', help: string, value: number): Family => ({
    name: `tributary_${name}`,
    help,
    type,
    samples: [{ value }],
  });
  return [
    {
      name: 'tributary_node_info',
      help: 'Which node this is',
      type: 'gauge',
      samples: [{ labels: { service, node: nodeId, version }, value: 1 }],
    },
    one('lease_held', 'gauge', 'Whether the lease is held', Number(lease.isHeld)),
    one('lease_lapses_total', 'counter', 'Leases that were lost', lease.lapses),
    one('caches_admitted', 'gauge', 'Whether near caches may be used', Number(isAdmitted)),
    one('leader', 'gauge', 'Whether this coordinator leads', Number(isLeader)),
    one('pins_open', 'gauge', 'Pins that this process has been told of and that have not ended', openPins),
    ...cacheMetrics.map(([figure, name, type, help]) => ({
      name: `tributary_cache_${name}`,
      help,
      type,
      samples: caches.map((cache) => ({ labels: { cache: cache.name }, value: cache[figure] })),
    })),
    {
      name: 'tributary_cache_audited_total',
      help: 'Entries of near caches that were compared with what their owner says; stale ones are a defect',
      type: 'counter',
      samples: audits.flatMap(({ name, same, stale, unknown }) =>
        Object.entries({ same, stale, unknown }).map(([outcome, value]) => ({
          labels: { cache: name, outcome },
          value,
        })),
      ),
    },
  ];
}

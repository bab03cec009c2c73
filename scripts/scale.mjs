/**
 * What the design does at another size: messages and bytes a second, and what is full first. A calculation from what `npm run bench --
 * messages` counts on a running cluster; docs/operations/scale.md explains it.
 *
 *   node scripts/scale.mjs [--gateways 50] [--pages 80] [--members 200] [--coordinators 4] [--writes 200] [--holders 4] [--loads 2000]
 */
import { parseArgs } from 'node:util';

/** Bytes of each message with its subject, as counted; NATS adds some thirty of its own to each that it delivers. */
const bytes = {
  pin: 190,
  pinned: 239,
  confirmed: 131,
  pinnedByLeader: 182,
  confirmedToLeader: 121,
  granted: 86,
  unpin: 51,
  unpinned: 86,
  listing: 150,
  listed: 160,
  lease: 397,
  heartbeat: 595,
  view: 130,
};
const protocolBytes = 30;
/** Assumed: pins that come within a turn of a busy leader travel in one broadcast, so rounds follow each other at this distance at least. */
const roundMillisMin = 1;
/** Processor time of the leader for one confirmation, as measured with its real ledger behind a real nats-server. */
const leaderMicrosOfMessage = 2.3;
/** A leader takes the confirmations of larger rounds itself. */
const confirmToWriterMax = 32;
/** Assumed: listings of a member within a millisecond travel together; so many loads share one. */
const loadsOfListing = 1.5;
/** What a network of 1 Gbit carries, in bytes a second. */
const networkBytesMax = 117_000_000;

/** Messages and bytes that NATS delivers each second, by what they are for. */
export function load({ gateways, pages, members, coordinators, writes, holders, loads }) {
  const caching = gateways + pages;
  // A round asks those who hold a page of it, but for the writer; with several pages in a round these are others, and never more than all.
  const rounds = Math.min(writes, 1_000 / roundMillisMin);
  const pinsOfRound = writes / Math.max(rounds, 1);
  const asked = Math.min(caching - 1, (holders - 1) * pinsOfRound);
  // What nearly all are asked is told to everybody, the writer too.
  const told = asked === caching - 1 ? caching : asked;
  const leaderGrants = pinsOfRound > 1 || asked > confirmToWriterMax || asked === 0;
  const listings = loads / loadsOfListing;
  const deliver = (count, size) => ({ messages: count, bytes: count * (size + protocolBytes) });
  const lines = {
    'pins: writer to leader': deliver(writes, bytes.pin),
    'pins: leader to members': deliver(
      rounds * told,
      (leaderGrants ? bytes.pinnedByLeader : bytes.pinned) + (pinsOfRound - 1) * 80,
    ),
    'pins: confirmations': deliver(rounds * asked, leaderGrants ? bytes.confirmedToLeader : bytes.confirmed),
    'pins: leader to writer': deliver(leaderGrants ? rounds : 0, bytes.granted),
    // The end of a pin travels with the next one when there is one within two milliseconds.
    'pins: ends': deliver(writes < 500 ? writes * (1 + told) : 0, bytes.unpinned),
    'listings, and their answers': deliver(2 * listings, (bytes.listing + bytes.listed) / 2),
    'leases, and coordinators that watch': deliver(members * (1 + coordinators), bytes.lease),
    'heartbeats to coordinators': deliver((members * coordinators) / 2, bytes.heartbeat),
    'view to members with caches': deliver(caching, bytes.view),
  };
  const confirmed = leaderGrants ? rounds * asked : 0;
  const leaderTakes = writes + listings + confirmed + (writes < 500 ? writes : 0) + members * 1.5;
  const sum = (of) => Object.values(lines).reduce((total, each) => total + each[of], 0);
  return {
    lines,
    messages: sum('messages'),
    bytes: sum('bytes'),
    leaderShare: (leaderTakes * leaderMicrosOfMessage) / 1e6,
    ofOneWrite: asked + 2 * told + (leaderGrants ? 3 : 2),
  };
}

/** How many times as large a cluster of the same shape may be before a limit is met, with the same writes for each member. */
function growth(size, isMet) {
  let times = 1;
  const grown = () =>
    load(
      Object.fromEntries(
        Object.entries(size).map(([name, value]) => [name, name === 'holders' ? value : value * times]),
      ),
    );
  while (times < 1_000 && !isMet(grown())) times *= 1.01;
  return times;
}

const print = (text) => process.stdout.write(`${text}\n`);
const number = (fallback) => ({ type: 'string', default: String(fallback) });
const { values } = parseArgs({
  options: {
    gateways: number(50),
    pages: number(80),
    members: number(200),
    coordinators: number(4),
    writes: number(200),
    holders: number(4),
    loads: number(2_000),
  },
});
const size = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]));
const now = load(size);
const shown = (value) => Math.round(value).toLocaleString('en');
const rows = Object.entries(now.lines).map(([name, each]) => [name, shown(each.messages), shown(each.bytes / 1_000)]);
print(
  Object.entries(size)
    .map(([name, value]) => `${value} ${name}`)
    .join(', '),
);
print('\n| for | messages a second | KB a second |\n| --- | ---: | ---: |');
for (const row of [...rows, ['all', shown(now.messages), shown(now.bytes / 1_000)]]) print(`| ${row.join(' | ')} |`);
print(`\nOne write alone: ${now.ofOneWrite} messages. The leader's core: ${(now.leaderShare * 100).toFixed(1)}%.`);
print(`Of 1 Gbit the network uses ${((now.bytes / networkBytesMax) * 100).toFixed(1)}%.`);
const leader = growth(size, ({ leaderShare }) => leaderShare >= 1);
const network = growth(size, ({ bytes: used }) => used >= networkBytesMax);
print(
  `Larger by the same shape: the network is full at ${network.toFixed(1)} times the size, the leader's core at ${leader.toFixed(1)} times.`,
);

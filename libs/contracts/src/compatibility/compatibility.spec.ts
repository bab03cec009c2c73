import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { contractsVersion } from '../version.js';
import { describeContracts, type DescribedContracts } from './describe-contracts.js';
import { incompatibilities } from './incompatibilities.js';

const fileOf = (version: number): string => fileURLToPath(new URL(`../../released/${version}.json`, import.meta.url));
const released = (version: number): DescribedContracts =>
  JSON.parse(readFileSync(fileOf(version), 'utf8')) as DescribedContracts;

/** So that a change of a contract is a change of a line. */
const oneLineAField = (contracts: DescribedContracts): string =>
  `${JSON.stringify(contracts, null, 1).replaceAll(/\{\s+"types"[^{}]*\}/g, (field) => JSON.stringify(JSON.parse(field)))}\n`;

// TRIBUTARY_WRITE_CONTRACTS=1 notes what this version looks like: at a release, and while no release has it.
if (process.env['TRIBUTARY_WRITE_CONTRACTS'] === '1')
  writeFileSync(fileOf(contractsVersion), oneLineAField(describeContracts()));

describe('the contracts of this build', () => {
  it.each([contractsVersion - 1, contractsVersion].filter((version) => existsSync(fileOf(version))))(
    'work together with those of version %i',
    (version) => {
      // Broken on purpose, while no release has this version? TRIBUTARY_WRITE_CONTRACTS=1 writes it down anew. Else: CONTRIBUTING.md.
      expect(incompatibilities(released(version), describeContracts())).toEqual([]);
    },
  );

  it('are written down for the version before', () => {
    const needed = contractsVersion > 1 ? contractsVersion - 1 : contractsVersion;
    expect(existsSync(fileOf(needed))).toBe(true);
  });
});

/** The contracts of this build, with one thing changed. */
function altered(change: (contracts: Mutable) => void): DescribedContracts {
  const copy = structuredClone(describeContracts()) as unknown as Mutable;
  change(copy);
  return copy as unknown as DescribedContracts;
}
type Field = { types: string[]; isNeeded: boolean; values?: string[] };
type Shape = Record<string, Field>;
type Mutable = { requests: Record<string, { request: Shape; reply: Shape }>; events: Record<string, Shape> };

const text = (isNeeded: boolean): Field => ({ types: ['string'], isNeeded });
const requestOf = ({ requests }: Mutable, subject: string): Shape => requests[subject]?.request ?? {};
const runNow = (contracts: Mutable) =>
  contracts.requests['cluster-coordinator.jobs.runNow'] as { request: Shape; reply: Shape };

describe('a newer version', () => {
  const found = (change: (contracts: Mutable) => void) => incompatibilities(describeContracts(), altered(change));

  it.each<[string, (contracts: Mutable) => void, RegExp]>([
    ['removes a request', ({ requests }) => delete requests['cluster-coordinator.jobs.runNow'], /asks this still/],
    ['needs a new field', (all) => (runNow(all).request['.why'] = text(true)), /request\.why is needed.*default/],
    ['does without a field', (all) => delete runNow(all).request['.name'], /request\.name is gone/],
    [
      'needs what was optional',
      (all) => ((requestOf(all, 'cluster-coordinator.jobs.change')['.enabled'] as Field).isNeeded = true),
      /\.enabled is needed now/,
    ],
    [
      'changes a type',
      (all) => ((runNow(all).request['.name'] as Field).types = ['number']),
      /\.name was string, and is number/,
    ],
    ['answers less', (all) => delete runNow(all).reply['.state'], /reply\.state is not always there/],
    ['relies on more', (all) => (runNow(all).reply['.host'] = text(true)), /reply\.host is new.*optional/],
    [
      'forgets a value',
      (all) => (requestOf(all, 'cluster-coordinator.nodes.command')['.command'] as Field).values?.pop(),
      /no longer knows "remove"/,
    ],
    ['tells an event no more', ({ events }) => delete events['events.pages.contentChanged'], /waits for this event/],
    [
      'changes an event',
      ({ events }) => delete events['events.pages.contentChanged']?.['.ids'],
      /event\.ids is not always there/,
    ],
  ])('breaks the one before when it %s', (_, change, finding) => {
    const findings = found(change);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.join('\n')).toMatch(finding);
  });

  it.each<[string, (contracts: Mutable) => void]>([
    ['a request', ({ requests }) => (requests['pages.added'] = { request: { '.id': text(true) }, reply: {} })],
    ['an optional field', (all) => (runNow(all).request['.why'] = text(false))],
    [
      'an optional field with needed ones in it',
      (all) =>
        Object.assign(runNow(all).reply, { '.host': { types: ['object'], isNeeded: false }, '.host.name': text(true) }),
    ],
    [
      'a value',
      (all) => (requestOf(all, 'cluster-coordinator.nodes.command')['.command'] as Field).values?.push('rest'),
    ],
    ['an event', ({ events }) => (events['events.pages.added'] = { '.id': text(true) })],
  ])('may add %s', (_, change) => {
    expect(found(change)).toEqual([]);
  });
});

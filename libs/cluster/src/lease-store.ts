import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { Kvm, type KV, type KvEntry, type KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { cluster } from '@tributary/contracts';

/** Answers of the bucket that take longer count as lost: a lease is counted from before they were asked for. */
const storeDeadlineMillis = 1_000;
/** NATS keeps a key for no shorter time; whoever holds it gives up earlier by its own clock. */
const ttlMillisMin = 1_000;
/** How long the marker of an expired key stays, so that whoever watches learns of it. */
const markerMillis = 1_000;

/**
 * A bucket of leases in JetStream. Guarantee: all changes of all keys have one order, their revisions. Not promised: that a key
 * is gone exactly when its time is over; the servers' clocks decide that, and nothing safe may rest on it (R4).
 */
export class LeaseStore {
  private kv: Promise<KV> | undefined;
  private readonly jetstream: JetStreamClient;

  constructor(
    connection: NatsConnection,
    private readonly replicas: number,
    private readonly bucket: string = cluster.leaseBucket,
  ) {
    this.jetstream = jetstream(connection, { timeout: storeDeadlineMillis });
  }

  /** Writes a key whatever it held before, for so long or for ever; returns the revision. */
  async put(key: string, value: unknown, ttlMillis?: number): Promise<number> {
    await this.open();
    return (await this.publish(key, value, ttlMillis, undefined)).seq;
  }

  /** Writes a key that nobody else may have written since `revision`; rejects when somebody has, or it is gone. */
  async renew(key: string, value: unknown, revision: number, ttlMillis?: number): Promise<number> {
    return (await this.publish(key, value, ttlMillis, revision)).seq;
  }

  /** Creates a key that isn't there; undefined when it is. */
  async create(key: string, value: unknown, ttlMillis?: number): Promise<number | undefined> {
    const kv = await this.open();
    try {
      return await kv.create(key, JSON.stringify(value), ttlMillis === undefined ? undefined : ttlOf(ttlMillis));
    } catch (error) {
      if (isWrongRevision(error)) return undefined;
      throw error;
    }
  }

  /** Gives a key up, when it is still as `revision` left it. */
  async release(key: string, revision: number): Promise<void> {
    const kv = await this.open();
    await kv.delete(key, { previousSeq: revision });
  }

  /** A key's value and revision, or undefined. */
  async find(key: string): Promise<{ readonly value: unknown; readonly revision: number } | undefined> {
    const kv = await this.open();
    const entry = await kv.get(key);
    return entry?.operation === 'PUT' ? { value: entry.json(), revision: entry.revision } : undefined;
  }

  /** All keys as they are, and then every change, in the order of their revisions. */
  async watch(): Promise<AsyncIterable<KvWatchEntry> & { stop(): void }> {
    const kv = await this.open();
    return kv.watch();
  }

  /** The keys that are there now. */
  async keys(): Promise<string[]> {
    const kv = await this.open();
    const found: string[] = [];
    for await (const key of await kv.keys()) found.push(key);
    return found;
  }

  /** All keys as they are now. */
  async entries(): Promise<KvEntry[]> {
    const kv = await this.open();
    const found: KvEntry[] = [];
    for (const key of await this.keys()) {
      const entry = await kv.get(key);
      if (entry?.operation === 'PUT') found.push(entry);
    }
    return found;
  }

  /** When the bucket was made, in milliseconds since 1970: revisions of one that was lost and made anew begin again. */
  async createdAt(): Promise<number> {
    const { streamInfo } = await (await this.open()).status();
    return Date.parse(streamInfo.created);
  }

  /** Forgets the bucket after a failure, so that one which was lost is made anew. */
  forget(): void {
    this.kv = undefined;
  }

  private open(): Promise<KV> {
    this.kv ??= new Kvm(this.jetstream).create(this.bucket, {
      history: 1,
      markerTTL: markerMillis,
      replicas: this.replicas,
    });
    this.kv.catch(() => this.forget());
    return this.kv;
  }

  private publish(key: string, value: unknown, ttlMillis: number | undefined, revision: number | undefined) {
    return this.jetstream.publish(`$KV.${this.bucket}.${key}`, JSON.stringify(value), {
      timeout: storeDeadlineMillis,
      ...(ttlMillis === undefined ? {} : { ttl: ttlOf(ttlMillis) }),
      ...(revision === undefined ? {} : { expect: { lastSubjectSequence: revision } }),
    });
  }
}

const ttlOf = (millis: number): string => `${Math.max(ttlMillisMin, millis)}ms`;

/** Whether somebody has written the key since, or it is gone. */
export const isOtherRevision = (error: unknown): boolean =>
  error instanceof Error && /wrong last sequence/i.test(error.message);

const isWrongRevision = (error: unknown): boolean =>
  isOtherRevision(error) || (error instanceof Error && /already exists/i.test(error.message));

/** The revision of an own renewal whose answer was lost: one after `revision`, with a value that `isOwn` knows; undefined when there is none. */
export async function lostRenewal(
  leases: Pick<LeaseStore, 'find'>,
  key: string,
  revision: number,
  isOwn: (value: unknown) => boolean,
): Promise<number | undefined> {
  const found = await leases.find(key);
  return found && found.revision > revision && isOwn(found.value) ? found.revision : undefined;
}

/** Whether there is no bucket any more: the servers have lost it. */
export const isStoreLost = (error: unknown): boolean =>
  error instanceof Error && /stream not found/i.test(error.message);

/** What is needed of the bucket of leases. */
export type Leases = Pick<
  LeaseStore,
  'put' | 'renew' | 'create' | 'release' | 'find' | 'keys' | 'watch' | 'forget' | 'createdAt'
>;

import { LRUCache } from 'lru-cache';
import type { administration } from '@tributary/contracts';
import { CacheAudit, type AskAgain, type AuditFigures, type StaleEntry } from './cache-audit.js';
import type { CacheGate, GatedCache } from './cache-gate.js';

/** What a load brings: the value, the tags it depends on (none: it is not kept), and about how many bytes it holds. */
export interface Loaded<T> {
  readonly value: T;
  readonly dependsOn: readonly string[];
  readonly sizeBytes: number;
  /** For the auditor, which compares samples with what their owner says. Without it an entry can't be looked at. */
  readonly again?: AskAgain<T>;
}

export interface CacheDeclaration<T = never> {
  readonly name: string;
  /** Bytes that its entries may take together; without it the process's whole allowance. */
  readonly bytesMax?: number;
  /** Whether two values mean the same; without it, whether they are equal in all their parts. */
  readonly same?: (one: T, other: T) => boolean;
}

interface Entry<T> {
  readonly value: T;
  readonly tags: readonly string[];
  readonly bytes: number;
}

/** Bytes of an entry beside its value: keys, tags, and the places where they are listed. */
const entryOverheadBytes = 200;

/**
 * Cached answers that are never older than the last acknowledged write of what they depend on. The gate decides whether an entry
 * may be served or kept; this class finds entries by key and by tag, and drops the least recently used when they are too many.
 * A load is not shared between readers: one that came after a write must not get what was read before it.
 */
export class NearCache<T> implements GatedCache {
  private readonly entries: LRUCache<string, Entry<T>>;
  private readonly keysByTag = new Map<string, Set<string>>();
  private hits = 0;
  private misses = 0;
  private pins = 0;
  private evictions = 0;
  private readonly audits: CacheAudit<T>;
  /** Loads that began before the last flush are not kept. */
  private flushes = 0;

  constructor(
    readonly declaration: CacheDeclaration<T> & { readonly bytesMax: number },
    private readonly gate: CacheGate,
  ) {
    this.audits = new CacheAudit(declaration.name, declaration.same);
    this.entries = new LRUCache<string, Entry<T>>({
      maxSize: Math.max(declaration.bytesMax, 1),
      sizeCalculation: (entry) => Math.max(1, entry.bytes),
      dispose: (entry, key, reason) => {
        this.unlist(key, entry);
        if (reason === 'evict') this.evictions += 1;
      },
    });
    gate.add(this);
  }

  /** The cached value if it may be served now, else undefined. */
  peek(key: string): T | undefined {
    if (!this.gate.isServing()) return undefined;
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.hits += 1;
    return entry.value;
  }

  /**
   * The value of `key`: from the cache when that may serve, else from `load`, whose answer is kept when that is safe. `knownTags`
   * are tags that are known before the load; they count as the answer's own. Errors of the load pass through and are not kept.
   */
  async get(key: string, load: () => Promise<Loaded<T>>, knownTags: readonly string[] = []): Promise<T> {
    const cached = this.peek(key);
    if (cached !== undefined) return cached;
    this.misses += 1;
    const permit = this.gate.permit();
    const { flushes } = this;
    const loaded = await load();
    if (permit && loaded.dependsOn.length > 0) {
      const tags = [...new Set([...loaded.dependsOn, ...knownTags])];
      this.gate.keepWhenListed(permit, tags, () => {
        if (flushes !== this.flushes) return;
        this.keep(key, { value: loaded.value, tags, bytes: bytesOf(key, tags, loaded.sizeBytes) }, loaded.again);
      });
    }
    return loaded.value;
  }

  dropTags(tags: readonly string[]): void {
    for (const tag of tags) {
      for (const key of this.keysByTag.get(tag) ?? []) {
        this.pins += 1;
        this.entries.delete(key);
      }
    }
  }

  dropAll(): void {
    this.entries.clear();
    this.keysByTag.clear();
    this.audits.dropAll();
  }

  /** Forgets all entries for an administrator; answers how many. */
  flush(): number {
    const count = this.entries.size;
    this.flushes += 1;
    this.dropAll();
    return count;
  }

  figures(): administration.CacheFigures {
    const { hits, misses, pins, evictions } = this;
    const { name, bytesMax } = this.declaration;
    const { size: entries, calculatedSize: bytes } = this.entries;
    return { name, entries, bytes, bytesMax, hits, misses, pins, evictions };
  }

  /**
   * Compares some entries with what their owners say, and answers those that are stale: they are dropped here. Changes that are under
   * way, and owners that don't answer, make an entry unknown, not stale. Ends early when the signal aborts.
   */
  async audit(entriesMax: number, signal: AbortSignal): Promise<StaleEntry[]> {
    const stale: StaleEntry[] = [];
    for (const key of this.audits.keys().slice(0, entriesMax)) {
      const entry = this.entries.peek(key);
      const permit = this.gate.permit();
      if (signal.aborted) return stale;
      if (!entry || !permit) continue;
      const isComparable = () => this.entries.peek(key) === entry && this.gate.mayKeep(permit, entry.tags);
      if ((await this.audits.compare({ key, ...entry, isComparable })) !== 'stale') continue;
      stale.push({ cache: this.declaration.name, key, tags: entry.tags });
      this.entries.delete(key);
    }
    return stale;
  }

  auditFigures(): AuditFigures {
    return this.audits.figures();
  }

  private keep(key: string, entry: Entry<T>, again: AskAgain<T> | undefined): void {
    this.entries.set(key, entry);
    // What is larger than the whole cache was not taken.
    if (this.entries.peek(key) !== entry) return;
    if (again) this.audits.offer(key, again, this.entries.size);
    this.gate.lists.counted(entry.tags, 1);
    for (const tag of entry.tags) {
      const keys = this.keysByTag.get(tag);
      if (keys) keys.add(key);
      else this.keysByTag.set(tag, new Set([key]));
    }
  }

  private unlist(key: string, entry: Entry<T>): void {
    this.audits.drop(key);
    this.gate.lists.counted(entry.tags, -1);
    for (const tag of entry.tags) {
      const keys = this.keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.keysByTag.delete(tag);
    }
  }
}

const bytesOf = (key: string, tags: readonly string[], sizeBytes: number): number =>
  sizeBytes + entryOverheadBytes + 2 * key.length + tags.reduce((sum, tag) => sum + 2 * tag.length + 50, 0);

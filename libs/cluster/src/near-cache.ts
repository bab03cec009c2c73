import { LRUCache } from 'lru-cache';
import type { administration } from '@tributary/contracts';
import type { CacheGate, GatedCache } from './cache-gate.js';

/** What a load brings: the value, the tags it depends on (none: it is not kept), and about how many bytes it holds. */
export interface Loaded<T> {
  readonly value: T;
  readonly dependsOn: readonly string[];
  readonly sizeBytes: number;
}

export interface CacheDeclaration {
  readonly name: string;
  /** Bytes that its entries may take together; without it the process's whole allowance. */
  readonly bytesMax?: number;
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
  /** Loads that began before the last flush are not kept. */
  private flushes = 0;

  constructor(
    readonly declaration: CacheDeclaration & { readonly bytesMax: number },
    private readonly gate: CacheGate,
  ) {
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
    if (permit && flushes === this.flushes && loaded.dependsOn.length > 0) {
      const tags = [...new Set([...loaded.dependsOn, ...knownTags])];
      if (this.gate.mayKeep(permit, tags))
        this.keep(key, { value: loaded.value, tags, bytes: bytesOf(key, tags, loaded.sizeBytes) });
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

  private keep(key: string, entry: Entry<T>): void {
    this.entries.set(key, entry);
    // What is larger than the whole cache was not taken.
    if (this.entries.peek(key) !== entry) return;
    for (const tag of entry.tags) {
      const keys = this.keysByTag.get(tag);
      if (keys) keys.add(key);
      else this.keysByTag.set(tag, new Set([key]));
    }
  }

  private unlist(key: string, entry: Entry<T>): void {
    for (const tag of entry.tags) {
      const keys = this.keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.keysByTag.delete(tag);
    }
  }
}

const bytesOf = (key: string, tags: readonly string[], sizeBytes: number): number =>
  sizeBytes + entryOverheadBytes + 2 * key.length + tags.reduce((sum, tag) => sum + 2 * tag.length + 50, 0);

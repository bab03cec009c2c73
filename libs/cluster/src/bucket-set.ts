import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { cluster } from '@tributary/contracts';

const bytes = cluster.bucketCount / 8;

/** Buckets of tags, a bit for each: what a member lists, and what a leader's directory knows of it. */
export class BucketSet {
  private constructor(private readonly bits: Uint8Array) {}

  static of(buckets: Iterable<number> = []): BucketSet {
    const set = new BucketSet(new Uint8Array(bytes));
    for (const bucket of buckets) set.add(bucket);
    return set;
  }

  /** Reads what `toText` wrote; undefined when it is something else. */
  static parse(text: string): BucketSet | undefined {
    try {
      const bits = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: bytes });
      return bits.length === bytes ? new BucketSet(Uint8Array.from(bits)) : undefined;
    } catch {
      return undefined;
    }
  }

  has(bucket: number): boolean {
    return (this.byteOf(bucket) & bitOf(bucket)) !== 0;
  }

  add(bucket: number): void {
    this.bits[bucket >>> 3] = this.byteOf(bucket) | bitOf(bucket);
  }

  delete(bucket: number): void {
    this.bits[bucket >>> 3] = this.byteOf(bucket) & ~bitOf(bucket);
  }

  /** As `Listing.all` carries it: deflated bits in base64. */
  toText(): string {
    return deflateRawSync(this.bits).toString('base64');
  }

  private byteOf(bucket: number): number {
    return this.bits[bucket >>> 3] ?? 0;
  }
}

const bitOf = (bucket: number): number => 1 << (bucket & 7);

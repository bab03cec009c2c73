import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';

/** What is known of an object after it was stored. */
export interface StoredObject {
  readonly sizeBytes: number;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
}

/** Part of an object: first and last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Where file bytes live. Objects never change: new bytes get a new key. Everything streams; no adapter holds more than a few
 * chunks in memory.
 */
export interface ObjectStore {
  /** Stores a stream. Nothing is there when it fails or is cut off. Throws ObjectTooLargeError past the limit. */
  put(key: string, bytes: Readable, limits: { readonly sizeBytesMax: number }): Promise<StoredObject>;
  /** The bytes, or a part of them. Throws ObjectMissingError before the stream begins. */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** Removes an object; one that isn't there is fine. */
  delete(key: string): Promise<void>;
  /** All keys with when they were stored, for finding objects that nothing names. */
  list(): AsyncIterable<{ readonly key: string; readonly storedAt: Date }>;
}

/** The stream is longer than it may be. */
export class ObjectTooLargeError extends Error {
  override readonly name = 'ObjectTooLargeError';
  constructor(readonly sizeBytesMax: number) {
    super(`The object has more than ${sizeBytesMax} bytes`);
  }
}

export class ObjectMissingError extends Error {
  override readonly name = 'ObjectMissingError';
  constructor(key: string, options?: ErrorOptions) {
    super(`There is no object ${key}`, options);
  }
}

/** A key that nobody else will choose. Its first two characters spread objects over folders and partitions. */
export const newObjectKey = (): string => randomBytes(20).toString('hex');

/** Keys come from `newObjectKey`; anything else could name a place outside the store. */
export function checkKey(key: string): void {
  if (!/^[0-9a-f]{40}$/.test(key)) throw new ObjectMissingError('with such a key');
}

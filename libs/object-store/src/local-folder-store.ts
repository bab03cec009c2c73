import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  checkKey,
  ObjectMissingError,
  ObjectTooLargeError,
  type ByteRange,
  type ObjectStore,
  type StoredObject,
} from './object-store.js';

const temporarySuffix = '.part';

/** Keeps objects as files of one folder: for one machine, or a file system that all machines share. */
export class LocalFolderStore implements ObjectStore {
  constructor(private readonly folder: string) {}

  async put(key: string, bytes: Readable, { sizeBytesMax }: { sizeBytesMax: number }): Promise<StoredObject> {
    const path = this.pathOf(key);
    const part = `${path}${temporarySuffix}`;
    await mkdir(join(path, '..'), { recursive: true });
    const meter = new Meter(sizeBytesMax);
    try {
      const file = await open(part, 'wx');
      // Flushed before it gets its name, so that an object that is there is whole even after a power cut.
      await pipeline(bytes, meter, file.createWriteStream({ flush: true }));
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    return { sizeBytes: meter.sizeBytes, sha256: meter.digest() };
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const path = this.pathOf(key);
    await stat(path).catch((cause: unknown) => {
      throw new ObjectMissingError(key, { cause });
    });
    return createReadStream(path, range ? { start: range.first, end: range.last } : {});
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async *list(): AsyncIterable<{ key: string; storedAt: Date }> {
    for (const shard of (await ifThere(readdir(this.folder))) ?? []) {
      for (const name of await readdir(join(this.folder, shard))) {
        // Uploads end and files are deleted meanwhile.
        const found = await ifThere(stat(join(this.folder, shard, name)));
        if (found) yield { key: name.replace(temporarySuffix, ''), storedAt: found.mtime };
      }
    }
  }

  private pathOf(key: string): string {
    checkKey(key);
    return join(this.folder, key.slice(0, 2), key);
  }
}

async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Counts and digests what flows through, and stops what is too large. */
class Meter extends Transform {
  sizeBytes = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly sizeBytesMax: number) {
    super();
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null, chunk?: Buffer) => void,
  ): void {
    this.sizeBytes += chunk.length;
    if (this.sizeBytes > this.sizeBytesMax) {
      done(new ObjectTooLargeError(this.sizeBytesMax));
      return;
    }
    this.hash.update(chunk);
    done(null, chunk);
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LocalFolderStore } from './local-folder-store.js';
import { newObjectKey, ObjectMissingError, ObjectTooLargeError } from './object-store.js';

const limits = { sizeBytesMax: 1_000_000 };

describe('LocalFolderStore', () => {
  let folder: string;
  let store: LocalFolderStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'objects-'));
    store = new LocalFolderStore(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const everyFile = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

  it('gives back what was stored, with its size and digest', async () => {
    const key = newObjectKey();
    const stored = await store.put(key, Readable.from([Buffer.from('hello '), Buffer.from('world')]), limits);
    expect(stored).toEqual({
      sizeBytes: 11,
      sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    });
    expect((await buffer(await store.get(key))).toString()).toBe('hello world');
    expect((await buffer(await store.get(key, { first: 6, last: 8 }))).toString()).toBe('wor');
  });

  it('leaves nothing of a stream that breaks', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('cut off');
      })(),
    );
    await expect(store.put(newObjectKey(), broken, limits)).rejects.toThrow('cut off');
    expect(await everyFile()).toEqual([]);
  });

  it('stops a stream that is too large and leaves nothing of it', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1_000);
      })(),
    );
    await expect(store.put(newObjectKey(), endless, { sizeBytesMax: 10_500 })).rejects.toBeInstanceOf(
      ObjectTooLargeError,
    );
    expect(await everyFile()).toEqual([]);
  });

  it('knows nothing under keys that it did not make', async () => {
    await expect(store.get(newObjectKey())).rejects.toBeInstanceOf(ObjectMissingError);
    await expect(store.get('../../etc/passwd')).rejects.toBeInstanceOf(ObjectMissingError);
  });

  it('removes, also twice, and lists what is left', async () => {
    const [first, second] = [newObjectKey(), newObjectKey()];
    await store.put(first, Readable.from([Buffer.from('1')]), limits);
    await store.put(second, Readable.from([Buffer.from('2')]), limits);
    await store.delete(first);
    await store.delete(first);
    const keys: string[] = [];
    for await (const { key } of store.list()) keys.push(key);
    expect(keys).toEqual([second]);
  });

  it('lists while objects go away', async () => {
    // One shard, so that its names have been read when the first is shown.
    const objects = ['0', '1', '2'].map((last) => `aa${last.repeat(38)}`);
    for (const key of objects) await store.put(key, Readable.from([Buffer.from('1')]), limits);
    const keys: string[] = [];
    for await (const { key } of store.list()) {
      keys.push(key);
      await Promise.all(objects.map((each) => store.delete(each)));
    }
    expect(keys).toHaveLength(1);
  });
});

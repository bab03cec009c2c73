import { beforeEach, describe, expect, it } from '@jest/globals';
import { ApiError } from '../../rest/client';
import { UploadQueue } from './upload-queue';

/** A send that a test ends as it likes. */
interface Sent {
  readonly name: string;
  progress(share: number): void;
  end(): void;
  fail(error: unknown): void;
  readonly signal: AbortSignal;
}

let present: string[];
let pageId: string | undefined;
let sent: Sent[];
let arrived: string[];
let givenUp: number[];
let queue: UploadQueue;
beforeEach(() => {
  [present, pageId, sent, arrived, givenUp] = [[], '1', [], [], []];
  queue = new UploadQueue({
    pageId: () => Promise.resolve(pageId),
    namesAt: () => Promise.resolve([...present]),
    send: (_page, _file, name, progress, signal) =>
      new Promise((end, fail) => sent.push({ name, progress, end, fail, signal })),
    arrived: (id, _file, name) => arrived.push(`${id} ${name}`),
    givenUp: (id) => givenUp.push(id),
  });
});

const file = (name: string) => new File(['x'], name);
/** Until all that can go on without the test has gone on. */
const settled = () => new Promise((resolve) => setTimeout(resolve));
const add = async (...names: string[]) => {
  for (const [index, name] of names.entries()) queue.add(index + 1, file(name));
  await settled();
};
const failures = () => queue.getUploads().map(({ failure }) => failure);

describe('files that are added', () => {
  it('get names that neither the page nor another upload has', async () => {
    present = ['image.png'];
    await add('image.png', 'image.png', 'other.png');
    expect(sent.map(({ name }) => name)).toEqual(['image-2.png', 'image-3.png', 'other.png']);
    for (const { end } of sent) end();
    await settled();
    expect(arrived).toEqual(['1 image-2.png', '2 image-3.png', '3 other.png']);
    expect(queue.getUploads()).toEqual([]);
    await add('image.png');
    expect(sent.at(-1)?.name).toBe('image-4.png');
  });

  it('get another name where somebody took it meanwhile', async () => {
    await add('image.png');
    present = ['image.png'];
    sent[0]?.fail(new ApiError(400, 'same name'));
    await settled();
    expect(sent[1]?.name).toBe('image-2.png');
  });

  it('are sent a few at a time, the others as those arrive', async () => {
    await add('1', '2', '3', '4', '5');
    expect(sent).toHaveLength(3);
    sent[1]?.end();
    await settled();
    expect(sent.map(({ name }) => name)).toEqual(['1', '2', '3', '4']);
  });

  it('tell how far they are', async () => {
    await add('a.png');
    sent[0]?.progress(0.5);
    expect(queue.getUploads()).toMatchObject([{ name: 'a.png', share: 0.5, failure: undefined }]);
  });
});

describe('a file that fails', () => {
  const refusal = new ApiError(413, 'too large');

  it('says why, and arrives when it is tried again', async () => {
    await add('a.png');
    sent[0]?.fail(refusal);
    await settled();
    expect(failures()).toEqual([refusal]);
    expect(givenUp).toEqual([]);
    queue.retry(1);
    await settled();
    expect(failures()).toEqual([undefined]);
    sent[1]?.end();
    await settled();
    expect(arrived).toEqual(['1 a.png']);
  });

  it('is forgotten when the writer says so', async () => {
    await add('a.png');
    sent[0]?.fail(refusal);
    await settled();
    queue.giveUp(1);
    expect([queue.getUploads(), givenUp]).toEqual([[], [1]]);
  });

  it('fails where there is no page to attach it to', async () => {
    pageId = undefined;
    await add('a.png');
    expect(failures()).toEqual([expect.any(ApiError)]);
  });
});

describe('a file that hangs', () => {
  it('is cancelled, and lets the next one go', async () => {
    await add('1', '2', '3', '4');
    queue.giveUp(2);
    await settled();
    expect(sent[1]?.signal.aborted).toBe(true);
    expect(sent.map(({ name }) => name)).toEqual(['1', '2', '3', '4']);
    sent[1]?.end();
    await settled();
    expect([arrived, givenUp]).toEqual([[], [2]]);
  });

  it('is cancelled before its turn, too', async () => {
    await add('1', '2', '3', '4');
    queue.giveUp(4);
    sent[0]?.end();
    await settled();
    expect(sent).toHaveLength(3);
  });
});

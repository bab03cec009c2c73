import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ApiError } from '../../rest/client';
import { DraftKeeper } from './draft-keeper';
import type { DraftText, RemoteDraft } from './remote-drafts';

let screen: DraftText;
let kept: DraftText[];
let saves: { readonly text: DraftText; readonly answer: () => void; readonly lose: (error: Error) => void }[];
let keeper: DraftKeeper;
let forgotten: number;
let keptOne: () => void;

const written = (body: string): DraftText => ({ title: 'Title', body, version: 1 });
const write = (body: string) => {
  screen = written(body);
  keeper.changed();
};
const told = (kind: string): Promise<void> =>
  new Promise((done) => {
    const look = () => keeper.state.kind === kind && done();
    keeper.subscribe(look);
    look();
  });
/** Until everything that can go on has done so. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  [screen, kept, saves] = [written('<p>begun</p>'), [], []];
  [forgotten, keptOne] = [0, () => {}];
  const remote = {
    isContent: false,
    pageId: '1',
    basis: 'basis',
    known: screen,
    save: (text: DraftText) =>
      new Promise<void>((answer, lose) => void saves.push({ text, answer: () => answer(), lose })),
    discard: () => Promise.resolve(),
    takeOver: () => Promise.resolve(),
  } as unknown as RemoteDraft;
  const local = {
    keep: (text: DraftText) => {
      kept.push(text);
      keptOne();
      return Promise.resolve();
    },
    forget: () => Promise.resolve(void (forgotten += 1)),
  };
  keeper = new DraftKeeper({ remote, local, read: () => screen, isPublished: () => false }, false);
});

afterEach(() => void jest.useRealTimers());

describe('what keeps a draft', () => {
  it('keeps in this browser what was written while a save hangs and the document goes', async () => {
    write('<p>one</p>');
    void keeper.flush();
    await settled();
    write('<p>two</p>');
    void keeper.flush(true);
    expect(kept.at(-1)?.body).toBe('<p>two</p>');
    expect(saves).toHaveLength(1);
  });

  it('keeps in this browser at once what is unsaved when the screen goes, and nothing else', () => {
    keeper.keepHere();
    expect(kept).toEqual([]);
    write('<p>one</p>');
    keeper.keepHere();
    expect(kept.map(({ body }) => body)).toEqual(['<p>one</p>']);
  });

  it('waits for all saves that have begun, also for one that waits for another', async () => {
    write('<p>one</p>');
    void keeper.flush();
    await settled();
    write('<p>two</p>');
    void keeper.flush();
    let isSettled = false;
    const waiting = keeper.settle().then(() => (isSettled = true));
    saves[0]?.answer();
    await settled();
    expect(saves.map(({ text }) => text.body)).toEqual(['<p>one</p>', '<p>two</p>']);
    expect(isSettled).toBe(false);
    saves[1]?.answer();
    await waiting;
    await told('saved');
  });

  it('does not tell of a save while the writer types on, and of trouble at once', async () => {
    const kinds: string[] = [];
    keeper.subscribe(() => kinds.push(keeper.state.kind));
    write('<p>one</p>');
    void keeper.flush();
    write('<p>two</p>');
    saves[0]?.answer();
    await keeper.settle();
    void keeper.flush();
    saves[1]?.lose(new ApiError(0, 'away'));
    await keeper.settle();
    expect(kinds).toEqual(['changed', 'kept']);
    expect(kept.at(-1)?.body).toBe('<p>two</p>');
    void keeper.flush();
    saves[2]?.answer();
    await keeper.settle();
    expect(kinds).toEqual(['changed', 'kept', 'saved']);
  });

  it('keeps in this browser what the wiki does not take soon, and forgets it when the wiki has it', async () => {
    write('<p>slow</p>');
    void keeper.flush();
    expect(kept).toEqual([]);
    await new Promise<void>((done) => (keptOne = done));
    expect(kept.map(({ body }) => body)).toEqual(['<p>slow</p>']);
    saves[0]?.answer();
    await keeper.settle();
    expect(forgotten).toBe(1);
    write('<p>quick</p>');
    void keeper.flush();
    saves[1]?.answer();
    await keeper.settle();
    expect([kept.length, forgotten]).toEqual([1, 1]);
  });

  it.each([
    ['tries again by itself what read-only mode refused', 405, 2],
    ['leaves it to the writer to do something about any other refusal', 403, 1],
  ])('%s', async (_name, status, count) => {
    jest.useFakeTimers();
    write('<p>one</p>');
    void keeper.flush();
    saves[0]?.lose(new ApiError(status, 'Refused'));
    await jest.advanceTimersByTimeAsync(0);
    expect(keeper.state.kind).toBe('refused');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(saves).toHaveLength(count);
  });
});

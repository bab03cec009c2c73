import { beforeAll, describe, expect, it } from '@jest/globals';
import { addDemoSpace } from '@tributary/demo-space';
import { canonicalStorage } from '@tributary/storage-format';
import fc from 'fast-check';
import { mergeBodies } from './merge-bodies';

/** The pages of the demonstration's space, in both languages. */
const samples: string[] = [];
beforeAll(async () => {
  const send = (_method: string, _path: string, body?: unknown): Promise<unknown> => {
    const written = (body as { body?: { storage: { value: string } } } | undefined)?.body;
    if (written) samples.push(written.storage.value);
    return Promise.resolve({ id: '1', version: { number: 1 }, homepage: { id: '1', version: { number: 1 } } });
  };
  for (const language of ['en', 'ja'] as const)
    await addDemoSpace(send as Parameters<typeof addDemoSpace>[0], language);
});

const sample = fc.nat().map((nth) => samples[nth % samples.length] ?? '');
const texts = /(?<=<(?:p|li|td|th|h[1-6]|strong|ac:task-body)>)[^<>&]+(?=<)/g;

/** The body with its nth text in other words, and where that lies. */
function reworded(body: string, nth: number, words: string): { body: string; at: number } | undefined {
  const found = [...body.matchAll(texts)];
  const text = found[nth % Math.max(1, found.length)];
  if (!text) return undefined;
  return { body: body.slice(0, text.index) + words + body.slice(text.index + text[0].length), at: text.index };
}

describe('a page with everything', () => {
  it('holds what two have written in different parts of it, and is asked about where they are the same', () => {
    fc.assert(
      fc.property(sample, fc.nat(), fc.nat(), (base, one, other) => {
        const [theirs, mine] = [reworded(base, one, 'Their words'), reworded(base, other, 'My words')];
        fc.pre(theirs !== undefined && mine !== undefined);
        const merge = mergeBodies(base, theirs.body, mine.body);
        const between = base.slice(Math.min(theirs.at, mine.at), Math.max(theirs.at, mine.at));
        const isApart = /<\/(?:p|li|td|th|h[1-6]|ac:task-body)>/.test(between);
        if (theirs.at === mine.at) expect(merge.disputes).toHaveLength(1);
        if (isApart) expect(merge.disputes).toEqual([]);
        const written = merge.body([]);
        expect([written.includes('Their words'), written.includes('My words')]).toEqual([true, true]);
        canonicalStorage(written);
        if (isApart)
          expect(written.replace('Their words', '').replace('My words', '')).toHaveLength(
            base.length -
              (base.length - theirs.body.length + 'Their words'.length) -
              (base.length - mine.body.length + 'My words'.length),
          );
      }),
      { numRuns: 200 },
    );
  });

  it('is what one has made of it where the other left it, in every spelling', () => {
    fc.assert(
      fc.property(sample, sample, fc.nat(), (base, other, nth) => {
        for (const changed of [reworded(base, nth, 'Words')?.body ?? base, other]) {
          expect(mergeBodies(base, changed, base).body([])).toBe(changed);
          expect(mergeBodies(base, base, changed).body([])).toBe(changed);
          expect(mergeBodies(base, changed, changed).body([])).toBe(changed);
        }
      }),
      { numRuns: 50 },
    );
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { DatabaseWatch } from './database-watch.js';

it('is silent from its second second without an answer until it answers, and when it fails', async () => {
  let answers: PromiseWithResolvers<void>[] = [];
  const watch = new DatabaseWatch(() => {
    const answer = Promise.withResolvers<void>();
    answers.push(answer);
    return answer.promise;
  });
  const isSilentAfter = async (millis: number): Promise<boolean> => {
    await sleep(millis);
    return watch.isSilent();
  };
  expect(watch.isSilent()).toBe(false);
  expect(await isSilentAfter(1_600)).toBe(true);
  // It is asked once, however often somebody wants to know.
  expect(answers).toHaveLength(1);
  answers.pop()?.resolve();
  expect(await isSilentAfter(0)).toBe(false);
  answers.pop()?.reject(new Error('connection refused'));
  expect(await isSilentAfter(0)).toBe(true);
  // And again when a second has passed.
  expect(answers).toHaveLength(0);
  expect(await isSilentAfter(1_100)).toBe(true);
  answers.pop()?.resolve();
  answers = [];
  expect(await isSilentAfter(0)).toBe(false);
});

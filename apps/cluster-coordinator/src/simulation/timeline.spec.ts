import { expect, it } from '@jest/globals';
import { Timeline } from './timeline.js';

it('goes on with what comes after an end that it ran until', async () => {
  const timeline = new Timeline();
  const happened: string[] = [];
  timeline.after(10, () => happened.push('at 10'));
  timeline.after(20, () => happened.push('at 20'));
  const cancel = timeline.after(25, () => happened.push('cancelled'));
  await timeline.runUntil(15);
  expect([happened, timeline.now]).toEqual([['at 10'], 15]);
  cancel();
  await timeline.runUntil(30);
  expect(happened).toEqual(['at 10', 'at 20']);
});

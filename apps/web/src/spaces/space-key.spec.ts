import { expect, it } from '@jest/globals';
import { proposedKey } from './space-key';

it.each([
  ['Operations', 'OPERATIONS'],
  ['Operations handbook', 'OH'],
  ['  Größe 2 ', 'G2'],
  ['ｗｉｋｉ', 'WIKI'],
  ['運用ハンドブック', ''],
  ['運用 Ops', 'OPS'],
  ['Supercalifragilistic', 'SUPERCALIFRA'],
  ['', ''],
])('%j gives %j', (name, key) => {
  expect(proposedKey(name)).toBe(key);
});

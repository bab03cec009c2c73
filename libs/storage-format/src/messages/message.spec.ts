import { describe, expect, it } from '@jest/globals';
import { en, type MessageKey } from './en.js';
import { ja } from './ja.js';
import { message } from './message.js';

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the catalogues', () => {
  it.each(Object.keys(en) as MessageKey[])('have the same values in %s', (key) => {
    expect(placeholders(ja[key])).toEqual(placeholders(en[key]));
  });

  it('put values in, and leave what has none', () => {
    expect(message('en', 'error.title', { macro: 'toc' })).toBe('Unable to render {toc}');
    expect(message('ja', 'unknown-macro', {})).toBe('不明なマクロ: {name}');
  });
});

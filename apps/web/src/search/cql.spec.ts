import { describe, expect, it } from '@jest/globals';
import { cqlOf, typedWords } from './cql.js';

describe('the CQL of filters', () => {
  it('asks for all of them', () => {
    expect(cqlOf({ q: 'back up', space: 'OPS', type: 'page', label: 'on-call', author: 'rei', time: 'week' })).toBe(
      'siteSearch ~ "back up" and space = "OPS" and type = page and label = "on-call" and creator = "rei" and lastmodified >= now("-1w")',
    );
  });

  it('shows the newest first where no words say what fits best', () => {
    expect(cqlOf({ space: 'OPS' })).toBe('space = "OPS" order by lastmodified desc');
  });

  it('is empty when nothing is asked for', () => {
    expect(cqlOf({ q: '  ' })).toBe('');
  });

  it('keeps quotes and backslashes inside the value', () => {
    expect(cqlOf({ q: String.raw`"a" or \b` })).toBe(String.raw`siteSearch ~ "\"a\" or \\b"`);
  });
});

describe('words that are being typed', () => {
  it.each([
    ['back u', 'back u*'],
    ['復元', '復元'],
    ['a "quoted" wor', 'a  quoted  wor*'],
    ['c++', 'c++'],
    ['***', ''],
  ])('%s', (typed, words) => {
    expect(typedWords(typed)).toBe(words);
  });
});

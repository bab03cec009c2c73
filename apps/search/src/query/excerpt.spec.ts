import { describe, expect, it } from '@jest/globals';
import { checkCql, parseCql } from '@tributary/cql';
import { excerptOf, highlight, soughtIn } from './excerpt.js';

const sought = (cql: string) =>
  soughtIn(checkCql(parseCql(cql), { currentUserKey: null, now: new Date(), timeZone: 'UTC' }));

const marked = (cql: string, text: string): string =>
  highlight(excerptOf(text, sought(cql)), sought(cql))
    .replaceAll('@@@hl@@@', '[')
    .replaceAll('@@@endhl@@@', ']');

describe('highlights', () => {
  it.each([
    ['text ~ fox', 'The quick brown Fox, foxes', 'The quick brown [Fox], foxes'],
    ['text ~ "quick dog"', 'A quick brown dog', 'A [quick] brown [dog]'],
    ['text ~ "\\"quick brown\\""', 'quick quick - brown', 'quick [quick - brown]'],
    ['text ~ "fo*" and title ~ "?ox"', 'food box fox', '[food] [box] [fox]'],
    ['text ~ "foxes~0.6"', 'foxy but', '[foxy] but'],
    ['text ~ 検索', '全文検索を試す', '全文[検索]を試す'],
    ['title ~ "On-call"', 'the On-call guide, on call', 'the [On-call] guide, on call'],
    ['text ~ "a/b-c"', 'x a/b-c', 'x [a/b-c]'],
    ['text ~ "a.b(c"', 'x a.b(c y axb', 'x [a.b(c] y axb'],
    ['text !~ fox or type = page', 'a fox', 'a fox'],
  ])('%s in %s', (cql, text, expected) => {
    expect(marked(cql, text)).toBe(expected);
  });
});

it('may be sought for, whatever signs a word has', () => {
  for (let code = 0x20; code < 0x7f; code += 1) {
    const query = `text ~ ${JSON.stringify(`a${String.fromCharCode(code)}b`)}`;
    expect(() => sought(query)).not.toThrow(SyntaxError);
  }
});

describe('excerpts', () => {
  const long = `${'lorem ipsum '.repeat(100)}needle ${'dolor sit '.repeat(100)}`;

  it('are cut around what was found, between words', () => {
    const excerpt = excerptOf(long, sought('text ~ needle'));
    expect(excerpt).toMatch(/^(lorem|ipsum) .*needle.* (dolor|sit)$/);
    expect(excerpt.length).toBeLessThanOrEqual(300);
  });

  it('begin at the beginning where nothing is sought or found', () => {
    expect(excerptOf(long, undefined)).toMatch(/^lorem ipsum/);
    expect(excerptOf(long, sought('text ~ absent'))).toMatch(/^lorem ipsum/);
  });

  it('are cut anywhere in scripts without spaces, and never inside a character', () => {
    const text = `${'𠮷'.repeat(500)}針${'𠮷'.repeat(500)}`;
    const excerpt = excerptOf(text, sought('text ~ 針'));
    expect(excerpt).toContain('針');
    expect(excerpt.isWellFormed()).toBe(true);
  });
});

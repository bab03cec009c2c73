import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkCql, CqlError, CqlNotSupportedError, parseCql, parseTextQuery } from './index.js';

const context = {
  currentUserKey: 'u1',
  currentSpaceKey: 'DOC',
  now: new Date('2026-11-24T10:30:00Z'),
  timeZone: 'UTC',
};
const check = (cql: string) => checkCql(parseCql(cql), context);

/** Queries that real publishing clients send. */
const real = [
  'type=page and space="DOC" and title="Getting started"',
  'space=DOC and ancestor=123 and type=page',
  'label = "api" AND type in (page, blogpost) order by lastmodified desc',
  'siteSearch ~ "release notes" AND space.key = "DOC" AND type != attachment',
  '(text ~ "foo*" or title ~ "\\"exact phrase\\"") and created >= startOfMonth("-1M")',
  'id in (1, 2, 3) and not (parent = 5) order by title asc, created desc',
  "creator = currentUser() and lastmodified > now('-4w')",
  'content.property[my-key].deep.path = "x" and space = currentSpace()',
];

describe('CQL', () => {
  it.each(real)('reads %s', (cql) => {
    expect(() => check(cql)).not.toThrow();
  });

  it('binds and closer than or', () => {
    expect(parseCql('a=1 or b=2 and c=3').where).toMatchObject({
      kind: 'or',
      clauses: [{ field: 'a' }, { kind: 'and' }],
    });
  });

  it('puts values in the place of functions', () => {
    expect(check('creator=currentUser()').where).toMatchObject({ kind: 'keyword', field: 'creator', values: ['u1'] });
    expect(check('created > startOfDay("-1d")').where).toMatchObject({ from: new Date('2026-11-23T00:00:00Z') });
    expect(check('created = 2026-11-24').where).toMatchObject({
      from: new Date('2026-11-24T00:00:00Z'),
      to: new Date('2026-11-24T23:59:59.999Z'),
    });
    expect(check('lastmodified < endOfWeek()').where).toMatchObject({ to: new Date('2026-11-29T23:59:59.999Z') });
  });

  it('takes dates for those of the site, over changes to summer time too', () => {
    const inBerlin = (cql: string) => checkCql(parseCql(cql), { ...context, timeZone: 'Europe/Berlin' }).where;
    expect(inBerlin('created = 2026-11-24')).toMatchObject({
      from: new Date('2026-11-23T23:00:00Z'),
      to: new Date('2026-11-24T22:59:59.999Z'),
    });
    // 29 March 2026 has 23 hours there.
    expect(inBerlin('created = 2026-03-29')).toMatchObject({
      from: new Date('2026-03-28T23:00:00Z'),
      to: new Date('2026-03-29T21:59:59.999Z'),
    });
    expect(inBerlin('created > startOfMonth()')).toMatchObject({ from: new Date('2026-10-31T23:00:00Z') });
  });

  it.each([
    ['type = ', 'the end', 8],
    ['type page', 'page', 6],
    ['(type=page', 'the end', 11],
    ['nothing = 1', 'nothing', 1],
    ['space ~ "x"', 'space', 1],
    ['created = "yesterday"', 'yesterday', 11],
    ['title = "open', '"open', 9],
    ['type = page order by label', 'label', 22],
    ['type = nonsense', 'nonsense', 8],
    ['created > now("soon")', 'soon', 11],
    ['', 'the end', 1],
  ])('names the token and its place in %p', (cql, token, position) => {
    expect.assertions(2);
    try {
      check(cql);
    } catch (error) {
      expect(error).toBeInstanceOf(CqlError);
      expect(error).toMatchObject({ token, position });
    }
  });

  it.each([
    ['type = page and watcher = currentUser()', 'watcher', 17],
    ['user.fullname ~ "a"', 'user.fullname', 1],
    ['type in (page, attachment)', 'attachment', 16],
    ['space in favouriteSpaces()', 'favouriteSpaces', 10],
  ])('says what is right and not there yet in %p', (cql, token, position) => {
    expect(() => check(cql)).toThrow(expect.objectContaining({ name: 'CqlNotSupportedError', token, position }));
  });

  it('takes types that nothing has in the negative', () => {
    expect(check('type != attachment').where).toMatchObject({ values: ['attachment'], negated: true });
  });

  it('refuses what is too deep, too long, too much', () => {
    expect(() => parseCql(`${'('.repeat(100)}a=1${')'.repeat(100)}`)).toThrow(CqlError);
    expect(() => parseCql(`a=${'x'.repeat(30_000)}`)).toThrow(CqlError);
    expect(() => parseCql(`a in (${'1,'.repeat(1_500)}1)`)).toThrow(CqlError);
  });

  it('reads texts', () => {
    expect(parseTextQuery('one "two three"~4 fo?r* fuzz~0.8')).toEqual([
      { kind: 'word', text: 'one' },
      { kind: 'phrase', words: ['two', 'three'], distance: 4 },
      { kind: 'wildcard', pattern: 'fo?r*' },
      { kind: 'fuzzy', text: 'fuzz', similarity: 0.8 },
    ]);
  });

  it('answers any text with a query or a CqlError', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      ' and ',
      ' or ',
      'not ',
      'type',
      '=',
      '!=',
      '~',
      ' in ',
      ',',
      '"',
      "'",
      '\\',
      'page',
      ' order by ',
      'now(',
      '[',
      ']',
      '日本',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            check(text);
          } catch (error) {
            if (!(error instanceof CqlError || error instanceof CqlNotSupportedError)) throw error;
          }
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

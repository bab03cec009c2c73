import { describe, expect, it } from '@jest/globals';
import { expandOf, integer, many, one, positive, statusesOf, windowOf } from './query.js';

describe('one and many', () => {
  it('take the first value, and all of them', () => {
    expect(one({ title: ['a', 'b'] }, 'title')).toBe('a');
    expect(many({ spaceKey: ['A,B', ' C '] }, 'spaceKey')).toEqual(['A', 'B', 'C']);
    expect(many({}, 'spaceKey')).toBeUndefined();
  });
});

describe('integer', () => {
  it.each(['x', '1.5', '1e3', '0x10', '99999999999999', '3000000000', '１'])('refuses %s', (text) => {
    expect(() => integer({ start: text }, 'start')).toThrow('start must be a whole number');
  });

  it('takes an empty parameter as none', () => {
    expect(integer({ start: '' }, 'start')).toBeUndefined();
  });

  it('refuses versions below 1', () => {
    expect(() => positive({ version: '0' }, 'version')).toThrow('at least 1');
    expect(() => positive({ version: '-3' }, 'version')).toThrow('at least 1');
  });
});

describe('windowOf', () => {
  it('has defaults', () => {
    expect(windowOf({})).toEqual({ start: 0, limit: 25 });
  });

  it('caps the limit, lower when bodies are expanded', () => {
    expect(windowOf({ limit: '100000' }).limit).toBe(200);
    expect(windowOf({ limit: '100000', expand: 'version,body.storage' }).limit).toBe(50);
    expect(windowOf({ limit: '100000', expand: 'children.page.body.view' }).limit).toBe(50);
  });

  it.each([{ start: '-1' }, { limit: '-1' }, { start: '99999999' }])('refuses %j', (query) => {
    expect(() => windowOf(query)).toThrow();
  });
});

describe('expandOf', () => {
  it('splits, trims and drops repetitions', () => {
    expect(expandOf({ expand: ' a , b.c ,, a' })).toEqual(['a', 'b.c']);
    expect(expandOf({ expand: ['a', 'b'] })).toEqual(['a', 'b']);
  });

  it('refuses 10,000 characters', () => {
    expect(() => expandOf({ expand: 'a'.repeat(10_000) })).toThrow('at most 2000 characters');
  });
});

describe('statusesOf', () => {
  it('knows any, and refuses what is no status', () => {
    expect(statusesOf({ status: 'any' })).toEqual(['current', 'draft', 'trashed']);
    expect(statusesOf({ status: 'Current' })).toEqual(['current']);
    expect(() => statusesOf({ status: 'lost' })).toThrow("'lost' is unknown");
  });
});

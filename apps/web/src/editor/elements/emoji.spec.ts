import { describe, expect, it } from '@jest/globals';
import { sourceOf } from '@tributary/editor-document';
import { emoji, emojiElement, emojiFor, emojiLabel } from './emoji';

describe('emoji', () => {
  it('are one character each, with a name of their own', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const odd = emoji.filter(({ character }) => [...graphemes.segment(character)].length !== 1);
    expect(odd).toEqual([]);
    expect(new Set(emoji.map(({ name }) => name)).size).toBe(emoji.length);
  });

  it('are found by words of both languages, the name’s beginning first', () => {
    expect(emojiFor('rock')[0]?.character).toBe('🚀');
    expect(emojiFor('お祝い').map(({ name }) => name)).toContain('tada');
    expect(emojiFor('smile')[0]?.name).toBe('smile');
    expect(emojiFor('no such thing')).toEqual([]);
  });

  it('are called by a word of the writer’s language', () => {
    expect(emojiFor('rocket').map((each) => [emojiLabel(each, 'en'), emojiLabel(each, 'ja')])).toEqual([
      ['rocket', 'ロケット'],
    ]);
    expect(emoji.filter((each) => /^[\w-]/.test(emojiLabel(each, 'ja')))).toEqual([]);
  });

  it('are written as Confluence’s emoticons, or as Cloud writes a character', () => {
    const written = (name: string) =>
      emoji.filter((each) => each.name === name).map((each) => sourceOf(emojiElement(each)));
    expect(written('thumbs-up')).toEqual(['<ac:emoticon ac:name="thumbs-up" />']);
    expect(written('v')).toEqual([
      '<ac:emoticon ac:name="blue-star" ac:emoji-shortname=":v:" ac:emoji-id="270c" ac:emoji-fallback="✌️" />',
    ]);
    expect(written('technologist')[0]).toContain('ac:emoji-id="1f9d1-200d-1f4bb"');
  });
});

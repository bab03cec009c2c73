import { describe, expect, it } from '@jest/globals';
import { compareBlocks, type Block, type Change } from './compare-bodies.js';

const text = (value: string): Block => ({ kind: 'text', text: value });
const signs = { same: '', added: '+', removed: '-' };
const shown = (changes: readonly Change[]): string[] =>
  changes.map(({ pieces }) =>
    pieces.map(({ text: piece, change }) => (change === 'same' ? piece : `[${signs[change]}${piece}]`)).join(''),
  );
const compare = (before: readonly Block[], after: readonly Block[], language = 'en'): string[] =>
  shown(compareBlocks(before, after, language));

describe('two versions of a page', () => {
  it('differ in nothing when they are the same', () => {
    expect(compare([text('a'), text('b')], [text('a'), text('b')])).toEqual(['a', 'b']);
  });

  it('differ in words of a block', () => {
    const changes = compare(
      [text('Call the first person on the list.')],
      [text('Call the second person on the list.')],
    );
    expect(changes).toEqual(['Call the [-first][+second] person on the list.']);
  });

  it('differ in Japanese words', () => {
    const changes = compare([text('バックアップを毎日確認します。')], [text('バックアップを毎日検証します。')], 'ja');
    expect(changes).toEqual(['バックアップを毎日[-確認][+検証]します。']);
  });

  it('differ in whole blocks that have nothing in common', () => {
    expect(compare([text('a'), text('old words here')], [text('a'), text('something else entirely')])).toEqual([
      'a',
      '[-old words here]',
      '[+something else entirely]',
    ]);
  });

  it('differ in what came between, and what went', () => {
    expect(compare([text('a'), text('c'), text('d')], [text('a'), text('b'), text('c')])).toEqual([
      'a',
      '[+b]',
      'c',
      '[-d]',
    ]);
  });

  it('differ in the kind of a block', () => {
    expect(compare([text('Severity')], [{ kind: 'heading', text: 'Severity' }])).toEqual([
      '[-Severity]',
      '[+Severity]',
    ]);
  });

  it('hold all of both, whatever was changed', () => {
    const before = 'abcdefghij'.split('').map((letter) => text(`${letter} is here and stays a while`));
    const after = 'xbdcefyghz'.split('').map((letter) => text(`${letter} is here and stays long`));
    const pieces = compareBlocks(before, after, 'en');
    const side = (other: 'added' | 'removed') =>
      pieces
        .map((change) =>
          change.pieces
            .filter((piece) => piece.change !== other)
            .map((piece) => piece.text)
            .join(''),
        )
        .filter((line) => line !== '');
    expect(side('added').toSorted()).toEqual(before.map((block) => block.text).toSorted());
    expect(side('removed')).toEqual(after.map((block) => block.text));
  });
});

import { describe, expect, it } from '@jest/globals';
import { mergeBodies } from './merge-bodies';
import type { Choice } from './regions';

const merged = (base: string, theirs: string, mine: string, ...choices: Choice[]) => {
  const merge = mergeBodies(base, theirs, mine);
  return { disputes: merge.disputes.length, body: merge.body(choices) };
};
const columns = (one: string, other: string) =>
  `<ac:layout>\n<ac:layout-section ac:type="two_equal"><ac:layout-cell>${one}</ac:layout-cell><ac:layout-cell>${other}</ac:layout-cell></ac:layout-section></ac:layout>`;
const panel = (title: string, inside: string, name = 'panel') =>
  `<ac:structured-macro ac:name="${name}" ac:macro-id="m"><ac:parameter ac:name="title">${title}</ac:parameter><ac:rich-text-body>${inside}</ac:rich-text-body></ac:structured-macro>`;
const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const table = (...rows: string[]) =>
  `<table class="w"><colgroup><col /></colgroup><tbody>${rows.join('')}</tbody></table>`;

describe('what both changed inside of one block', () => {
  it.each([
    [
      'columns',
      columns('<p>a</p>', '<p>b</p>'),
      columns('<p>A</p>', '<p>b</p>'),
      columns('<p>a</p>', '<p>B</p>'),
      columns('<p>A</p>', '<p>B</p>'),
    ],
    [
      'a panel',
      panel('t', '<p>a</p><p>b</p>'),
      panel('t', '<p>A</p><p>b</p>'),
      panel('t', '<p>a</p><p>B</p>'),
      panel('t', '<p>A</p><p>B</p>'),
    ],
    [
      'a panel and its title',
      panel('t', '<p>a</p>'),
      panel('T', '<p>a</p>'),
      panel('t', '<p>A</p>'),
      panel('T', '<p>A</p>'),
    ],
    [
      'a panel and what it is',
      panel('t', '<p>a</p>'),
      panel('t', '<p>a</p>', 'warning'),
      panel('t', '<p>A</p>'),
      panel('t', '<p>A</p>', 'warning'),
    ],
    [
      'items of a list',
      '<ul><li>a</li>\n<li>b</li></ul>',
      '<ul><li>A</li>\n<li>b</li></ul>',
      '<ul><li>a</li>\n<li>b</li><li>c</li></ul>',
      '<ul><li>A</li>\n<li>b</li><li>c</li></ul>',
    ],
    ['the kind of a list', '<ul><li>a</li></ul>', '<ol><li>a</li></ol>', '<ul><li>b</li></ul>', '<ol><li>b</li></ol>'],
    [
      'rows',
      table(row('a', 'b'), row('c', 'd')),
      table(row('a', 'b')),
      table(row('A', 'b'), row('c', 'd')),
      table(row('A', 'b')),
    ],
    [
      'cells of a row',
      table(row('a', 'b')),
      table(row('A', 'b')),
      table(row('a', 'B'), row('c', 'd')),
      table(row('A', 'B'), row('c', 'd')),
    ],
    [
      'items of which none is left',
      '<ul><li>a</li><li>b</li></ul><p/>',
      '<ul><li>a</li></ul><p/>',
      '<ul><li>b</li></ul><p/>',
      '<p/>',
    ],
    ['words of a paragraph', '<p>one two three</p>', '<p>1 two three</p>', '<p>one two 3</p>', '<p>1 two 3</p>'],
    ['words and the level of a heading', '<h2>one two</h2>', '<h3>one two</h3>', '<h2>one 2</h2>', '<h3>one 2</h3>'],
    [
      'Japanese words',
      '<p>毎日、担当者が確認します。</p>',
      '<p>毎週、担当者が確認します。</p>',
      '<p>毎日、担当者が検証します。</p>',
      '<p>毎週、担当者が検証します。</p>',
    ],
    [
      'words beside named characters',
      '<p>caf&eacute; is closed today</p>',
      '<p>caf&egrave; is closed today</p>',
      '<p>caf&eacute; is closed now</p>',
      '<p>caf&egrave; is closed now</p>',
    ],
    [
      'a task and whether it is done',
      task('incomplete', 'a b c'),
      task('complete', 'a b c'),
      task('incomplete', 'a b d'),
      task('complete', 'a b d'),
    ],
  ])('goes together: %s', (_name, base, theirs, mine, expected) => {
    expect(merged(base, theirs, mine)).toEqual({ disputes: 0, body: expected });
    expect(merged(base, mine, theirs)).toEqual({ disputes: 0, body: expected });
  });

  it('is asked about where it is the same part, with all three of it, and nothing else is doubled', () => {
    const sides = [
      columns('<p>a</p>', '<p>z</p>'),
      columns('<p>b</p>', '<p>z</p>'),
      columns('<p>c</p>', '<p>z</p>'),
    ] as const;
    expect(mergeBodies(...sides).disputes).toEqual([
      { kind: 'disputed', base: ['<p>a</p>'], theirs: ['<p>b</p>'], mine: ['<p>c</p>'] },
    ]);
    expect(merged(...sides).body).toBe(columns('<p>b</p><p>c</p>', '<p>z</p>'));
    expect(merged(...sides, 'theirs').body).toBe(sides[1]);
    expect(merged(...sides, 'mine').body).toBe(sides[2]);
  });

  it.each([
    ['a column was added to a table', table(row('a', 'b')), table(row('a', 'b', 'c')), table(row('A', 'b'))],
    [
      'cells reach over rows',
      table('<tr><td rowspan="2">a</td></tr>', row('b')),
      table('<tr><td rowspan="2">a</td></tr>', row('b'), row('c')),
      table('<tr><td rowspan="2">A</td></tr>', row('b')),
    ],
    ['both changed what it is', panel('t', 'a'), panel('u', 'a'), panel('v', 'a')],
    ['it was taken out of a list', '<ul><li>a</li></ul>', '<p>a</p>', '<ul><li>b</li></ul>'],
    ['the words are neighbours', '<p>big house</p>', '<p>small house</p>', '<p>big home</p>'],
    [
      'the words are in an element',
      '<p><em>one two three</em></p>',
      '<p><em>1 two three</em></p>',
      '<p><em>one two 3</em></p>',
    ],
  ])('is asked about whole, and both stay, where %s', (_name, base, theirs, mine) => {
    expect(merged(base, theirs, mine)).toEqual({ disputes: 1, body: theirs + mine });
  });

  it('stays apart where it is lines of text', () => {
    expect(merged('<ul><li>a</li></ul>', '<ul><li>b</li></ul>', '<ul><li>c</li></ul>').body).toBe(
      '<ul><li>b<p>c</p></li></ul>',
    );
  });

  it('keeps a comment that only one of them wrote', () => {
    expect(merged('<p>a</p>\n<p>b</p>', '<p>a</p><!-- x --><p>b</p>', '<p>A</p>\n<p>b</p>').body).toBe(
      '<p>A</p><!-- x --><p>b</p>',
    );
  });
});

function task(status: string, body: string): string {
  return `<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task></ac:task-list>`;
}

import { describe, expect, it } from '@jest/globals';
import type { Change, Note } from './change';
import { compareBodies } from './compare-bodies';
import { code, columns, image, link, macro, parameter, rich, table, task } from './testing/elements';

const signs = { same: '', added: '+', removed: '-' };
const said = ({ form, values = {} }: Note): string => [form, ...Object.values(values)].join(' ');
const shownOf = ({ pieces, notes, cells, name = '' }: Change): string => {
  const text = pieces
    .map(({ text: piece, change }) => (change === 'same' ? piece : `[${signs[change]}${piece}]`))
    .join('');
  const inCells = cells?.map((cell) => [...cell.blocks.map(shownOf), ...noted(cell.notes)].join(' ')).join(' | ') ?? '';
  return [name + text + inCells, ...noted(notes)].join(' ').trim();
};
const noted = (notes: readonly Note[]): string[] => (notes.length > 0 ? [`{${notes.map(said).join('; ')}}`] : []);
const compare = (before: string, after: string, language = 'en'): string[] =>
  compareBodies(before, after, language).map(shownOf);
describe('two versions of a page', () => {
  it.each([
    ['nothing', '<p>a</p><p>b</p>', '<p>a</p>\n<p>b</p>', ['a', 'b']],
    [
      'words of a block',
      '<p>Call the first person on the list.</p>',
      '<p>Call the second person on the list.</p>',
      ['Call the [-first][+second] person on the list.'],
    ],
    [
      'whole blocks that have nothing in common',
      '<p>a</p><p>old words here</p>',
      '<p>a</p><p>something else entirely</p>',
      ['a', '[-old words here]', '[+something else entirely]'],
    ],
    [
      'what came between, and what went',
      '<p>a</p><p>c</p><p>d</p>',
      '<p>a</p><p>b</p><p>c</p>',
      ['a', '[+b]', 'c', '[-d]'],
    ],
    ['what became a heading', '<p>Severity</p>', '<h2>Severity</h2>', ['Severity {toHeading 2}']],
    ['what is no heading any more', '<h2>Severity</h2>', '<p>Severity</p>', ['Severity {toText}']],
    ['the level of a heading', '<h2>Severity</h2>', '<h3>Severity</h3>', ['Severity {headingLevel 2 3}']],
    [
      'where a link leads to',
      `<p>see ${link('A', 'this')}</p>`,
      `<p>see ${link('B', 'this')}</p>`,
      ['see this {link this A B}'],
    ],
    [
      'an address',
      '<p><a href="/x">this</a> page</p>',
      '<p><a href="/y">this</a> page</p>',
      ['this page {link this /x /y}'],
    ],
    ['a link that came', '<p>see this</p>', '<p>see <a href="/y">this</a></p>', ['see this {linkAdded this /y}']],
    ['a link that went', `<p>see ${link('B', 'this')}</p>`, '<p>see this</p>', ['see this {linkRemoved this B}']],
    ['bold words', '<p>one two three</p>', '<p>one <strong>two</strong> three</p>', ['one two three {formatting two}']],
    [
      'the colour of words',
      '<p><span style="color: red;">one</span></p>',
      '<p><span style="color: blue;">one</span></p>',
      ['one {formatting one}'],
    ],
    [
      'the kind of a panel',
      macro('info', '', rich('<p>a</p>')),
      macro('warning', '', rich('<p>a</p>')),
      ['[warning] {macro info warning}', 'a'],
    ],
    [
      'the title of a panel',
      macro('panel', parameter('title', 'A'), rich('<p>a</p>')),
      macro('panel', parameter('title', 'B'), rich('<p>a</p>')),
      ['[panel: B] {parameter title A B}', 'a'],
    ],
    [
      'a parameter that came',
      macro('toc', ''),
      macro('toc', parameter('maxLevel', '2')),
      ['[toc] {parameter maxLevel — 2}'],
    ],
    [
      'the page that a macro names',
      macro('include', parameter('', link('A'))),
      macro('include', parameter('', link('B'))),
      ['[include] {mainParameter  A B}'],
    ],
    [
      'the colour of a cell',
      table('<td>a</td><td>b</td>'),
      table('<td>a</td><td data-highlight-colour="red" class="highlight-red">b</td>'),
      ['a | b {cellColour — red}'],
    ],
    [
      'a cell that became a heading',
      table('<td>a</td><td>b</td>'),
      table('<th>a</th><td>b</td>'),
      ['a {toHeader} | b'],
    ],
    [
      'one cell of a row',
      table('<td>a</td><td>on the list</td>', '<td>x</td><td>y</td>'),
      table('<td>a</td><td>on a list</td>', '<td>x</td><td>y</td>'),
      ['a | on [-the][+a] list', 'x | y'],
    ],
    [
      'a row that came',
      table('<td>a</td><td>b</td>'),
      table('<td>a</td><td>b</td>', '<td>c</td><td>d</td>'),
      ['a | b', '[+c] | [+d]'],
    ],
    ['a column that came', table('<td>a</td><td>b</td>'), table('<td>a</td><td>n</td><td>b</td>'), ['a | [+n] | b']],
    [
      'one column of a layout',
      columns('<p>a</p>', '<p>on the list</p>'),
      columns('<p>a</p>', '<p>on a list</p>'),
      ['a', 'on [-the][+a] list'],
    ],
    [
      'the columns of a layout',
      columns('<p>a</p>', '<p>b</p>'),
      columns('<p>a</p>', '<p>b</p>').replace('two_equal', 'two_left_sidebar'),
      ['layout {setting two_equal two_left_sidebar type}', 'a', 'b'],
    ],
    ['a task that was ticked', task('incomplete'), task('complete'), ['do it {taskDone}']],
    ['a task that was opened again', task('complete'), task('incomplete'), ['do it {taskOpen}']],
    ['how wide an image is', image(' ac:width="3"'), image(' ac:width="4"'), ['[f.png] {setting 3 4 width}']],
    ['which image it is', image(''), image('').replace('f.png', 'g.png'), ['[[-f][+g].png]']],
    ['the kind of a list', '<ul><li>a</li></ul>', '<ol><li>a</li></ol>', ['list {toNumbered}', 'a']],
    ['lines of code', code('a\nfirst(line)\nc'), code('a\nfirst(lines)\nc'), ['a', 'first([-line][+lines])', 'c']],
    ['an empty line', '<p>a</p>', '<p>a</p><p></p>', ['a', '{empty}']],
    [
      'what a status says by its colour',
      `<p>${macro('status', parameter('title', 'OK') + parameter('colour', 'Red'))}</p>`,
      `<p>${macro('status', parameter('title', 'OK') + parameter('colour', 'Green'))}</p>`,
      ['[OK] {parameter colour Red Green}'],
    ],
    ['an element that nobody knows', '<x:y z="1">a</x:y>', '<x:y z="2">a</x:y>', ['a {setting 1 2 z}']],
  ])('differ in %s', (_name, before, after, expected) => {
    expect(compare(before, after)).toEqual(expected);
  });

  it('differ in Japanese words', () => {
    expect(compare('<p>バックアップを毎日確認します。</p>', '<p>バックアップを毎日検証します。</p>', 'ja')).toEqual([
      'バックアップを毎日[-確認][+検証]します。',
    ]);
  });

  it('are the same to a reader who doesn’t see what programs note in them', () => {
    const before = `<p>a <ac:inline-comment-marker ac:ref="1">b</ac:inline-comment-marker></p>${macro('toc', '')}`;
    const changes = compareBodies(
      before,
      '<p>a b</p>\n<ac:structured-macro ac:name="toc" ac:macro-id="other" />',
      'en',
    );
    expect(changes.map(({ change }) => change)).toEqual(['same', 'same']);
  });

  it('hold all of both, whatever was changed', () => {
    const lines = (letters: string, end: string) =>
      letters.split('').map((letter) => `${letter} is here and stays ${end}`);
    const [before, after] = [lines('abcdefghij', 'a while'), lines('xbdcefyghz', 'long')];
    const bodyOf = (texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('');
    const changes = compareBodies(bodyOf(before), bodyOf(after), 'en');
    const side = (other: 'added' | 'removed') =>
      changes
        .map(({ pieces }) =>
          pieces
            .filter(({ change }) => change !== other)
            .map(({ text }) => text)
            .join(''),
        )
        .filter((line) => line !== '');
    expect(side('added').toSorted()).toEqual(before.toSorted());
    expect(side('removed')).toEqual(after);
  });
});

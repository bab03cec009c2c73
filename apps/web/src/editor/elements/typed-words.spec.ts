import { describe, expect, it } from '@jest/globals';
import { openStorage } from '@tributary/editor-document';
import { EditorState, TextSelection } from 'prosemirror-state';
import { typedWords } from './typed-words';

/** What is typed at the end of a paragraph. */
function typed(text: string) {
  const { doc } = openStorage(`<p>${text}</p>`);
  const found = typedWords(EditorState.create({ doc, selection: TextSelection.atEnd(doc) }));
  return found && [found.sign, found.words, found.to - found.from];
}

describe('words behind a sign', () => {
  it.each([
    ['/Tab', ['/', 'tab', 4]],
    ['see /', ['/', '', 1]],
    ['／', ['/', '', 1]],
    ['表は／ひょう', ['/', 'ひょう', 4]],
    ['ここに。/table', ['/', 'table', 6]],
    ['／ｔａｂｌｅ', ['/', 'table', 6]],
    ['サーバー／', ['/', '', 1]],
    ['a :smi', [':', 'smi', 4]],
    ['笑:えが', [':', 'えが', 3]],
    ['by @', ['@', '', 1]],
    ['担当は@山田', ['@', '山田', 3]],
    ['担当は＠yama', ['@', 'yama', 5]],
    ['(@Jane', ['@', 'jane', 5]],
  ])('are those of %j', (text, expected) => expect(typed(text)).toEqual(expected));

  it.each([
    'and/or',
    '1／2',
    '／a／',
    '10:30',
    'note:x',
    'note: x',
    'https://x',
    ':',
    ':)',
    'me@example.org',
    'x @jane doe',
  ])('aren’t in %j', (text) => expect(typed(text)).toBeUndefined());

  it('aren’t in code', () => {
    const code =
      '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[@Override]]></ac:plain-text-body></ac:structured-macro>';
    const { doc } = openStorage(code);
    expect(typedWords(EditorState.create({ doc, selection: TextSelection.atEnd(doc) }))).toBeUndefined();
  });
});

import { expect, it } from '@jest/globals';
import { openStorage } from '@tributary/editor-document';
import { countsCharacters, countText, countWords } from './count-words';

it.each([
  ['', 0, 0, false],
  ['Hello, big world.', 3, 15, false],
  ["It's 3.5 well-known words", 5, 22, false],
  ['naïve café', 2, 9, false],
  ['日本語の文章です。', 5, 9, true],
  ['👨‍👩‍👧 family', 1, 7, false],
  ['これはAPIです', 4, 8, true],
])('%j', (text, words, characters, isByCharacters) => {
  const count = countText(text);
  expect([count.characters, countsCharacters(count)]).toEqual([characters, isByCharacters]);
  // How Japanese is cut into words is the engine's own knowledge.
  if (!isByCharacters) expect(count.words).toBe(words);
});

it('counts text in lists, tables and code, and not what is only kept', () => {
  const { doc } = openStorage(
    '<h1>One</h1><ul><li>two</li></ul><table><tbody><tr><td>three</td></tr></tbody></table><p>four<br />five</p>' +
      '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[six]]></ac:plain-text-body></ac:structured-macro>' +
      '<ac:structured-macro ac:name="toc" />',
  );
  expect(countWords(doc).words).toBe(6);
});

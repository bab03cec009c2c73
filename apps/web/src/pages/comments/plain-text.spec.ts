import { describe, expect, it } from '@jest/globals';
import { storageOf, textOf } from './plain-text.js';

describe('plain text in storage format', () => {
  it.each([
    ['One.\nTwo.\n\nThree.', '<p>One.<br/>Two.</p><p>Three.</p>'],
    ['1 < 2 && "3" > 2', '<p>1 &lt; 2 &amp;&amp; "3" &gt; 2</p>'],
    ['&lt; is written so', '<p>&amp;lt; is written so</p>'],
    ['一行目\n二行目', '<p>一行目<br/>二行目</p>'],
  ])('%j, and back', (text, storage) => {
    expect(storageOf(text)).toBe(storage);
    expect(textOf(storage)).toBe(text);
  });

  it('is the same after a server wrote its breaks otherwise', () => {
    expect(textOf('<p>a<br />b</p>')).toBe('a\nb');
  });

  it.each(['<p><strong>a</strong></p>', '<ul><li>a</li></ul>', 'a', '<p>a&nbsp;b</p>', '<p>a&#8209;b</p>'])(
    'isn’t %s',
    (storage) => {
      expect(textOf(storage)).toBeUndefined();
    },
  );
});

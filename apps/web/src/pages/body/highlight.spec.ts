import { describe, expect, it } from '@jest/globals';
import { highlightedLines, linesOf } from './highlight.js';

const textOf = (html: string): string =>
  html
    .replaceAll(/<\/?span[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');

describe('highlighted code', () => {
  it('marks tokens in lines that stand by themselves', () => {
    expect(linesOf('<span class="a">one\n<span class="b">two</span>\nthree</span> four')).toEqual([
      '<span class="a">one</span>',
      '<span class="a"><span class="b">two</span></span>',
      '<span class="a">three</span> four',
    ]);
  });

  it.each([
    ['java', 'String a = "<b>"; /* over\nlines */ int b;'],
    ['xml', '<a href="x">&amp;</a>\n<!-- <script>alert(1)</script> -->'],
    ['sql', "select '<img src=x onerror=alert(1)>' from t"],
  ])('is the same text as before, in %s', (language, code) => {
    const lines = highlightedLines(code, language) ?? [];
    expect(lines.map(textOf).join('\n')).toBe(code);
    expect(lines.join('').replaceAll(/<span class="[\w -]+">|<\/span>/g, '')).not.toMatch(/[<>]/);
    expect(lines.join('')).toContain('<span class="hljs-');
  });

  it('is left as it is in a language that nobody knows', () => {
    expect(highlightedLines('x', 'coldfusion')).toBeUndefined();
  });
});

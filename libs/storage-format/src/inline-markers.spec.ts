import { describe, expect, it } from '@jest/globals';
import { markerRefsOf, withInlineMarker, type Selection } from './inline-markers.js';
import { parseStorage } from './parse.js';
import { serialiseStorage } from './serialise.js';

const marked = (body: string, selection: string | Selection): string | undefined => {
  const document = withInlineMarker(
    parseStorage(body),
    typeof selection === 'string' ? { text: selection } : selection,
    'r1',
  );
  return document && serialiseStorage(document);
};
/** `[` and `]` stand for the marker. */
const withMarks = (body: string): string =>
  body.replaceAll('[', '<ac:inline-comment-marker ac:ref="r1">').replaceAll(']', '</ac:inline-comment-marker>');

describe('a marker of an inline comment', () => {
  it.each([
    ['<p>One two three.</p>', 'two', '<p>One [two] three.</p>'],
    ['<p>One two three.</p>', 'One two three.', '<p>[One two three.]</p>'],
    ['<p>One\n  two three.</p>', 'One two', '<p>[One\n  two] three.</p>'],
    ['<p>One <strong>two</strong> three.</p>', 'One two th', '<p>[One] <strong>[two]</strong> [th]ree.</p>'],
    [
      '<p>One</p><ul><li>two</li>\n<li>three</li></ul>',
      'One\ntwo thr',
      '<p>[One]</p><ul><li>[two]</li>\n<li>[thr]ee</li></ul>',
    ],
    ['<p>caf&eacute; au lait</p><p>caf&eacute;</p>', 'au', '<p>café [au] lait</p><p>caf&eacute;</p>'],
    ['<p>障害時の連絡先は運用チームです。</p>', '連絡先は運用', '<p>障害時の[連絡先は運用]チームです。</p>'],
    [
      '<h1>Head</h1><table><tbody><tr><td>cell</td></tr></tbody></table>',
      'cell',
      '<h1>Head</h1><table><tbody><tr><td>[cell]</td></tr></tbody></table>',
    ],
  ])('stands around what was selected in %s', (body, selection, result) => {
    expect(marked(body, selection)).toBe(withMarks(result));
  });

  it('is set over names and dates that are shown in other words than they are stored', () => {
    const body =
      '<p>Ask <ac:link><ri:user ri:userkey="u1" /></ac:link> before <time datetime="2026-11-25" /> please.</p>';
    expect(marked(body, 'Ask Rei Ishikawa before 25 Nov 2026 please')).toBe(
      withMarks(
        '<p>[Ask] <ac:link><ri:user ri:userkey="u1" /></ac:link> [before] <time datetime="2026-11-25" /> [please].</p>',
      ),
    );
  });

  it('is set in the place that was meant of several with the same text', () => {
    const body = '<p>Stop the writers.</p><p>Start the writers.</p><p>Tell the writers.</p>';
    const start = withMarks('<p>Stop the writers.</p><p>Start the [writers].</p><p>Tell the writers.</p>');
    expect(marked(body, { text: 'writers', before: 'rs. Start the ', after: '. Tell' })).toBe(start);
    expect(marked(body, { text: 'writers', index: 1 })).toBe(start);
    expect(marked(body, { text: 'writers' })).toBe(
      start.replace(withMarks('[writers]'), 'writers').replace('writers', withMarks('[writers]')),
    );
  });

  it('is not set where the text is not, or can not be marked', () => {
    const code =
      '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sql</ac:parameter><ac:plain-text-body><![CDATA[select 1]]></ac:plain-text-body></ac:structured-macro>';
    expect(marked(`<p>One.</p>${code}`, 'two')).toBeUndefined();
    expect(marked(`<p>One.</p>${code}`, 'select')).toBeUndefined();
    expect(marked(`<p>One.</p>${code}`, 'sql')).toBeUndefined();
    expect(marked(`<p>One.</p>${code}`, ' \n ')).toBeUndefined();
    expect(marked('', 'two')).toBeUndefined();
  });

  it('leaves all else as it was written, and is found', () => {
    const macro = (text: string): string =>
      `<ac:structured-macro ac:name='info' ><ac:rich-text-body><p class='x'>${text}</p><hr></hr></ac:rich-text-body></ac:structured-macro>`;
    expect(marked(macro('one two'), 'two')).toBe(withMarks(macro('one [two]')));
    expect(markerRefsOf(parseStorage(withMarks('<p>[a]<b>[b]</b></p>')))).toEqual(new Set(['r1']));
  });

  it('is looked for with bounded work', () => {
    const unknowns = '<p>a<time datetime="2026-01-01" /></p>'.repeat(3_000);
    const begun = performance.now();
    expect(marked(unknowns, `a${'b'.repeat(1_000)}c`)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

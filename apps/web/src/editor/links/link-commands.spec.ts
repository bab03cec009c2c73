import { describe, expect, it } from '@jest/globals';
import { openStorage } from '@tributary/editor-document';
import { EditorState, NodeSelection, TextSelection, type Command } from 'prosemirror-state';
import { anchorsOf } from './anchors';
import { linkHere, removeLink, setLink } from './link-commands';
import { addressOf, type LinkTarget } from './link-target';

function editing(body: string, from: number, to = from) {
  const { doc, toStorage } = openStorage(body);
  const isNode = doc.nodeAt(from)?.type.name === 'reference';
  let state = EditorState.create({
    doc,
    selection: isNode ? NodeSelection.create(doc, from) : TextSelection.create(doc, from, to),
  });
  return {
    here: () => linkHere(state),
    run(command: Command) {
      expect(command(state, (transaction) => (state = state.apply(transaction)))).toBe(true);
      return toStorage(state.doc);
    },
  };
}

const to = {
  address: { kind: 'address', href: 'https://e.org/?a=1&b="2"' },
  page: { kind: 'page', title: 'A & B', spaceKey: 'DEV' },
  post: { kind: 'blogpost', title: 'News', postingDay: '2025/01/05' },
  file: { kind: 'file', name: 'plan 計画.pdf' },
  anchor: { kind: 'anchor', anchor: 'Next steps' },
} satisfies Record<string, LinkTarget>;

const written = {
  address: ['<a href="https://e.org/?a=1&amp;b=&quot;2&quot;">', '</a>'],
  page: [
    '<ac:link><ri:page ri:content-title="A &amp; B" ri:space-key="DEV" /><ac:link-body>',
    '</ac:link-body></ac:link>',
  ],
  post: [
    '<ac:link><ri:blog-post ri:content-title="News" ri:posting-day="2025/01/05" /><ac:link-body>',
    '</ac:link-body></ac:link>',
  ],
  file: ['<ac:link><ri:attachment ri:filename="plan 計画.pdf" /><ac:link-body>', '</ac:link-body></ac:link>'],
  anchor: ['<ac:link ac:anchor="Next steps"><ac:link-body>', '</ac:link-body></ac:link>'],
} satisfies Record<keyof typeof to, readonly [string, string]>;
const kinds = Object.keys(to) as (keyof typeof to)[];

describe.each(kinds)('a link to what is a %s', (kind) => {
  const [start, end] = written[kind];

  it('is made of what is selected, is known there, and leaves its words when it is removed', () => {
    const editor = editing('<p>a <strong>bc</strong> d</p>', 2, 5);
    expect(editor.run(setLink(to[kind]))).toBe(`<p>a${start} <strong>bc</strong>${end} d</p>`);
    expect(editor.here()).toMatchObject({ from: 2, to: 5, target: to[kind] });
    expect(editor.run(removeLink)).toBe('<p>a <strong>bc</strong> d</p>');
  });

  it.each(kinds)('is changed to a %s as a whole from the cursor in it', (other) => {
    const editor = editing(`<p>x${start}a<em>b</em>c${end}y</p>`, 3);
    const [newStart, newEnd] = written[other];
    expect(editor.run(setLink(to[other]))).toBe(`<p>x${newStart}a<em>b</em>c${newEnd}y</p>`);
  });
});

describe('a link that is changed', () => {
  it('keeps what else it says, and the kind of its body', () => {
    const link = (attributes: string, target: string) =>
      `<p><ac:link${attributes} ac:tooltip="t" ac:card-appearance="inline">${target}<ac:plain-text-link-body><![CDATA[a]]></ac:plain-text-link-body></ac:link></p>`;
    const editor = editing(link(' ac:anchor="x"', '<ri:page ri:content-title="P" ri:version-at-save="3" />'), 1);
    expect(editor.run(setLink(to.file))).toBe(link('', '<ri:attachment ri:filename="plan 計画.pdf" />'));
    const address = editing('<p><a class="k" href="https://a" title="t">a</a></p>', 2);
    expect(address.run(setLink({ kind: 'address', href: 'https://b' }))).toBe(
      '<p><a class="k" href="https://b" title="t">a</a></p>',
    );
  });

  it('stays in and around the other elements as it was', () => {
    const editor = editing('<p><strong>a<a href="https://a">b</a></strong></p>', 2);
    expect(editor.run(setLink({ kind: 'address', href: 'https://b' }))).toBe(
      '<p><strong>a<a href="https://b">b</a></strong></p>',
    );
  });

  it('by its target’s name keeps that, or becomes words where an address has none', () => {
    const body = '<p>a<ac:link><ri:attachment ri:filename="a.pdf" /></ac:link></p>';
    expect(editing(body, 2).run(setLink(to.page))).toBe(
      '<p>a<ac:link><ri:page ri:content-title="A &amp; B" ri:space-key="DEV" /></ac:link></p>',
    );
    expect(editing(body, 2).run(setLink({ kind: 'address', href: 'https://b' }))).toBe(
      '<p>a<a href="https://b">a.pdf</a></p>',
    );
    expect(editing(body, 2).run(removeLink)).toBe('<p>aa.pdf</p>');
  });
});

describe('the link here', () => {
  it.each([
    [1, undefined],
    [2, 'https://a'],
    [3, 'https://a'],
    [4, 'https://b'],
    [5, 'https://b'],
    [6, undefined],
  ])('at %i is %s', (place, href) => {
    const editor = editing('<p>x<a href="https://a">ab</a><a href="https://b">c</a>yz</p>', place);
    expect(editor.here()?.target).toEqual(href === undefined ? undefined : { kind: 'address', href });
  });

  it('isn’t a mention, nor one of several links that are selected', () => {
    expect(editing('<p><ac:link><ri:user ri:userkey="u" /></ac:link></p>', 1).here()).toBeUndefined();
    expect(editing('<p><a href="https://a">a</a><a href="https://b">b</a></p>', 1, 3).here()).toBeUndefined();
  });

  it('is one that nobody can choose, too', () => {
    const link = '<ac:link><ri:space ri:space-key="DEV" /><ac:link-body>a</ac:link-body></ac:link>';
    expect(editing(`<p>${link}</p>`, 1).here()?.target).toEqual({ kind: 'other', label: 'DEV' });
  });
});

describe('a target', () => {
  it('opens where a browser can go', () => {
    const at = (target: LinkTarget) => addressOf(target, 'OPS', '7');
    expect(kinds.map((kind) => at(to[kind]))).toEqual([
      'https://e.org/?a=1&b="2"',
      '/pages/viewpage.action?spaceKey=DEV&title=A+%26+B',
      '/display/OPS/2025/01/05/News',
      '/download/attachments/7/plan%20%E8%A8%88%E7%94%BB.pdf',
      undefined,
    ]);
    expect(at({ kind: 'address', href: 'javascript:alert(1)' })).toBeUndefined();
    expect(at({ kind: 'address', href: '//elsewhere' })).toBeUndefined();
  });
});

describe('the places of a page', () => {
  it('are its headings, as their addresses tell them apart, and its anchors', () => {
    const anchor =
      '<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">mine</ac:parameter></ac:structured-macro>';
    const { doc } = openStorage(
      `<h1>One  <em>two</em></h1><p>${anchor}</p><table><tbody><tr><td><h2>概要</h2></td></tr></tbody></table><h3>概要</h3><h2><time datetime="2025-01-01" /></h2><h2 />`,
    );
    expect(anchorsOf(doc)).toEqual([
      { name: 'One two', level: 1 },
      { name: 'mine' },
      { name: '概要', level: 2 },
      { name: '概要.1', level: 3 },
    ]);
  });
});

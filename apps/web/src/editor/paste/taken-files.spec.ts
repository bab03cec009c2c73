import { describe, expect, it } from '@jest/globals';
import { openStorage } from '@tributary/editor-document';
import { EditorState, TextSelection } from 'prosemirror-state';
import { HeldPictures } from './held-pictures';
import type { HtmlNode } from './html-tree';
import { sliceOfStorage } from './slice-of-storage';
import { PastedHtml } from './storage-of-html';
import { takeLocalPictures } from './taken-files';

const image = (src: string, attributes: Record<string, string> = {}): HtmlNode => ({
  name: 'img',
  attributes: { src, ...attributes },
  children: [],
});
const paragraph = (...children: HtmlNode[]): HtmlNode => ({ name: 'p', attributes: {}, children });
const png = (name: string) => new File([name], name, { type: 'image/png' });

/** Pastes into the middle of a word; what comes of it, and where files go. */
function pasted(files: readonly File[], ...nodes: HtmlNode[]) {
  const { doc, toStorage } = openStorage(
    '<p>ab</p><p><ac:image><ri:url ri:value="data:image/png;base64,QQ==" /></ac:image></p>',
  );
  const state = EditorState.create({ doc, selection: TextSelection.create(doc, 2) });
  const transaction = state.tr.replaceSelection(sliceOfStorage(PastedHtml.blocksOf(nodes)));
  const taken = takeLocalPictures(transaction, { from: 2, to: transaction.mapping.map(2) }, files, new HeldPictures());
  const first = toStorage(transaction.doc).replace(/<p><ac:image><ri:url ri:value="data:.*$/, '');
  const places = taken.map(({ file, at = 0, picture }) => [
    file?.name,
    transaction.doc.textBetween(0, at, '|'),
    picture,
  ]);
  return { first, places };
}

describe('pictures of pasted HTML', () => {
  it('that only the other program can reach are taken from the clipboard, where they stood', () => {
    const word = [
      paragraph('x', image('file:///C:/a.png', { alt: 'A', width: '30' }), 'y', image('file:///C:/b.png')),
      paragraph('z', image('cid:c')),
    ];
    const { first, places } = pasted(['1', '2', '3'].map(png), ...word);
    expect(first).toBe('<p>axy</p><p>zb</p>');
    expect(places).toEqual([
      ['1', 'ax', { 'ac:alt': 'A', 'ac:width': '30' }],
      ['2', 'axy', {}],
      ['3', 'axy|z', {}],
    ]);
  });

  it('that hold their bytes need no file', () => {
    const { first, places } = pasted([], paragraph('x', image('data:image/gif;base64,QUJD'), 'y'));
    expect([first, places]).toEqual(['<p>axyb</p>', [['image.gif', 'ax', {}]]]);
  });

  it('are said in words where there is no file, and stay where they have an address', () => {
    const { first, places } = pasted([], paragraph(image('blob:1', { alt: 'chart' }), image('https://e/a.png')));
    expect(first).toBe('<p>achart<ac:image><ri:url ri:value="https://e/a.png" /></ac:image>b</p>');
    expect(places).toEqual([[undefined, 'a', { 'ac:alt': 'chart' }]]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { canonicalStorage } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { openStorage } from './editor-document.js';
import { markType, schema } from './schema/schema.js';

const marked = (ref: string, text: string): string =>
  `<ac:inline-comment-marker ac:ref="${ref}">${text}</ac:inline-comment-marker>`;

/** The place of a text in a document. */
function placeOf(doc: Node, text: string): number {
  let place = -1;
  doc.descendants((node, position) => {
    const at = node.isText ? (node.text ?? '').indexOf(text) : -1;
    if (place < 0 && at >= 0) place = position + at;
  });
  if (place < 0) throw new Error(`No ${text} in ${doc.toString()}`);
  return place;
}

/** A body after a change in the editor. */
function edited(body: string, change: (transform: Transform) => unknown): string {
  const { doc, toStorage } = openStorage(body);
  const transform = new Transform(doc);
  change(transform);
  return toStorage(transform.doc);
}

const body = `<p>Stop the ${marked('r1', 'writers')}, then ${marked('r2', `re<strong>sto</strong>re`)}.</p><ul><li>${marked('r2', 'now')}</li></ul>`;

describe('the markers of inline comments in the editor', () => {
  it.each([
    body,
    `<p>${marked('r1', `a${marked('r2', 'b')}c`)}${marked('r1', 'd')}${marked('r3', 'e')}</p>`,
    `<h2>${marked('r1', 'Head')}</h2><table><tbody><tr><td>${marked('r1', 'cell')}</td></tr></tbody></table>`,
    `<p><em>${marked('r1', 'x')}</em>${marked('r1', '<em>y</em>')}${marked('r4', '')}</p>`,
    `<p>${marked('r1', 'see <ac:link><ri:page ri:content-title="P" /></ac:link>')}</p>`,
  ])('come back as they were: %s', (source) => {
    const { doc, toStorage } = openStorage(source);
    expect(toStorage(doc)).toBe(source);
    // Also when every block is written anew.
    expect(canonicalStorage(openStorage('').toStorage(doc))).toBe(canonicalStorage(source));
  });

  it('stay around a text that is changed inside and beside them', () => {
    const after = edited(body, (transform) => {
      transform.insert(
        placeOf(transform.doc, 'iters'),
        schema.text('XX', transform.doc.resolve(placeOf(transform.doc, 'iters')).marks()),
      );
      transform.insert(placeOf(transform.doc, 'Stop'), schema.text('Now: '));
      transform.delete(placeOf(transform.doc, ', then'), placeOf(transform.doc, 'then'));
    });
    expect(after).toBe(body.replace('Stop', 'Now: Stop').replace('writers', 'wrXXiters').replace(', then', 'then'));
  });

  it('stay when a part of their text is made bold, or the line is split in it', () => {
    const bold = edited(body, (transform) => {
      const from = placeOf(transform.doc, 'iters');
      transform.addMark(from, from + 2, markType('strong').create());
    });
    expect(bold).toBe(body.replace('writers', 'wr<strong>it</strong>ers'));
    const split = edited(body, (transform) => transform.split(placeOf(transform.doc, 'iters')));
    expect(split).toBe(body.replace(marked('r1', 'writers'), `${marked('r1', 'wr')}</p><p>${marked('r1', 'iters')}`));
  });

  it('go with their text only', () => {
    const without = edited(body, (transform) => {
      const from = placeOf(transform.doc, 'writers');
      transform.delete(from, from + 'writers'.length);
    });
    expect(without).toBe(body.replace(marked('r1', 'writers'), ''));
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sourceOf } from './frame.js';
import { bodyParts, insideOf, type BodyPart } from './outline.js';
import { anyBody, SAMPLE } from './testing/bodies.js';

/** A part put together of what is inside of it, down to what can't be taken apart. */
function takenApart(part: BodyPart): string {
  const inside = part.element && insideOf(part.element);
  // Without anything in it, it may have been one tag.
  if (!inside || inside.parts.length === 0) return part.source;
  const { open, parts, end, close } = inside;
  const before = part.source.slice(0, part.source.length - sourceOf(...part.nodes).length);
  return before + open + parts.map(takenApart).join('') + end + close;
}
const together = (body: string): string => {
  const { parts, end } = bodyParts(body);
  return parts.map(takenApart).join('') + end;
};
const namesIn = (body: string): string[] => {
  const namesOf = (part: BodyPart): string[] => {
    const inside = part.element && insideOf(part.element);
    return inside ? [String(part.element?.name), ...inside.parts.flatMap(namesOf)] : [];
  };
  return bodyParts(body).parts.flatMap(namesOf);
};

describe('the parts of a body', () => {
  it('are all of it, as it is written', () => {
    expect(together(SAMPLE)).toBe(SAMPLE);
    fc.assert(
      fc.property(anyBody, (body) => expect(together(body)).toBe(body)),
      { numRuns: 3_000 },
    );
  });

  it.each([
    [
      '<ac:layout><ac:layout-section><ac:layout-cell><p>a</p></ac:layout-cell></ac:layout-section></ac:layout>',
      'ac:layout ac:layout-section ac:layout-cell',
    ],
    ['<table><colgroup><col /></colgroup><tbody><tr><td>a</td></tr></tbody></table>', 'table tbody tr td'],
    ['<ul><li>a<ol><li>b</li></ol></li></ul>', 'ul li ol li'],
    ['<ac:task-list><ac:task><ac:task-body>a</ac:task-body></ac:task></ac:task-list>', 'ac:task-list ac:task'],
    [
      '<ac:structured-macro ac:name="panel"><ac:rich-text-body>a</ac:rich-text-body></ac:structured-macro>',
      'ac:structured-macro',
    ],
    ['<table><tr><td>a</td></tr></table>', ''],
    ['<ul>text<li>a</li></ul>', ''],
    ['<ac:task-list><ac:task>a</ac:task></ac:task-list>', 'ac:task-list'],
    ['<constructor>a</constructor>', ''],
  ])('of %s are looked for in %s', (body, names) => {
    expect(namesIn(body).join(' ')).toBe(names);
  });
});

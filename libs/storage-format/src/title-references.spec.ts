import { expect, it } from '@jest/globals';
import { parseStorage } from './parse.js';
import { serialiseStorage } from './serialise.js';
import { withReferences, type WrittenReference } from './title-references.js';

const named = (name: string, title: string, key = ''): string =>
  `<ri:${name}${key === '' ? '' : ` ri:space-key="${key}"`} ri:content-title="${title}" />`;
const linked = (reference: string): string => `<p><ac:link>${reference}</ac:link></p>`;

it('names other pages where it is told to, with their space, by another title, or without a space', () => {
  const file = (reference: string): string =>
    `<ac:image><ri:attachment ri:filename="a.png">${reference}</ri:attachment></ac:image>`;
  const body = linked(named('page', 'P')) + linked(named('blog-post', 'B')) + file(named('page', 'O', 'X'));
  const seen: WrittenReference[] = [];
  const changed = withReferences(parseStorage(body), (reference) => {
    seen.push(reference);
    return reference.spaceKey === undefined
      ? { spaceKey: 'A', title: reference.title }
      : { spaceKey: undefined, title: 'N' };
  });
  expect(seen).toEqual([
    { type: 'page', spaceKey: undefined, title: 'P' },
    { type: 'blogpost', spaceKey: undefined, title: 'B' },
    { type: 'page', spaceKey: 'X', title: 'O' },
  ]);
  expect(serialiseStorage(changed)).toBe(
    linked(named('page', 'P', 'A')) + linked(named('blog-post', 'B', 'A')) + file(named('page', 'N')),
  );
  const document = parseStorage(body);
  expect(withReferences(document, () => undefined)).toBe(document);
});

import { expect, it } from '@jest/globals';
import { copiedBody } from './copied.js';
import { parseStorage } from './parse.js';
import { serialiseStorage } from './serialise.js';

it('a body for a copy names the original’s files and has no marks of its comments', () => {
  const marked = (text: string): string => `<ac:inline-comment-marker ac:ref="r">${text}</ac:inline-comment-marker>`;
  const file = (name: string, of = ''): string =>
    `<ri:attachment ri:filename="${name}"${of === '' ? ' />' : `>${of}</ri:attachment>`}`;
  const image = (inside: string): string => `<ac:image>${inside}</ac:image>`;
  const elsewhere = file('b.png', '<ri:page ri:content-title="P" />');
  const body = (of: string, mark: (text: string) => string): string =>
    `<p class='x'>caf&eacute; ${mark(`one <b>${mark('two')}</b>${image(file('a.png', of))}`)}</p>${image(elsewhere)}`;
  const owner = '<ri:content-entity ri:content-id="7" />';
  expect(serialiseStorage(copiedBody(parseStorage(body('', marked)), '7'))).toBe(body(owner, (text) => text));
});

it('a body for a copy in another space names the pages of the original’s space', () => {
  const link = (key: string): string => `<p><ac:link><ri:page${key} ri:content-title="P" /></ac:link></p>`;
  const foreign = link(' ri:space-key="B"');
  expect(serialiseStorage(copiedBody(parseStorage(link('') + foreign), '7', 'A'))).toBe(
    link(' ri:space-key="A"') + foreign,
  );
});

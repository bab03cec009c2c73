import { describe, expect, it } from '@jest/globals';
import { HeldPictures } from './held-pictures';

describe('a picture in an address', () => {
  it.each([
    ['data:image/png;base64,QUJD', 'image.png', 'image/png', 'ABC'],
    ['data:image/jpeg;charset=utf-8;base64,QUJD', 'image.jpg', 'image/jpeg', 'ABC'],
    ['DATA:image/PNG;BASE64,QUI%3D', 'image.png', 'image/png', 'AB'],
    ['data:image/svg+xml,%3Csvg/%3Eあ', 'image.svg', 'image/svg+xml', '<svg/>あ'],
  ])('%s is a file', async (address, name, type, content) => {
    const file = new HeldPictures().fileOf(address);
    expect([file?.name, file?.type, await file?.text()]).toEqual([name, type, content]);
  });

  it.each([
    'https://example.org/a.png',
    'data:text/html,<b>',
    'data:image/png;base64,',
    'data:image/png;base64,*',
    'held:1',
    'x',
  ])('%s is none', (address) => expect(new HeldPictures().fileOf(address)).toBeUndefined());

  it('is taken out of HTML, and found by what stands in its place', async () => {
    const held = new HeldPictures();
    const [first, second] = ['data:image/png;base64,QUJD', 'data:image/gif;base64,QUI='];
    const html = (one: string, other: string) => `<img src="${one}"><img src='${other}'><img src="https://e/data:a">`;
    expect(held.takeOut(html(first, second))).toBe(html('held:0', 'held:1'));
    expect(await held.fileOf('held:1')?.text()).toBe('AB');
  });
});

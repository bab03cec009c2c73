import { describe, expect, it } from '@jest/globals';
import { elementOf, sourceOf } from '@tributary/editor-document';
import { propertiesOfImage, withImageProperties, type ImageProperties } from './image-properties';

const file = '<ri:attachment ri:filename="f.png" />';
const caption = '<ac:caption>See <a href="/x">there</a></ac:caption>';
const source = `<ac:image ac:height="20" ac:width="40" ac:original-width="80" ac:class="x">${file}${caption}</ac:image>`;
const changed = (change: Partial<ImageProperties>): string => {
  const image = elementOf(source);
  return sourceOf(withImageProperties(image, { ...propertiesOfImage(image), ...change }));
};

describe('the properties of an image', () => {
  it('are read, and written back as they were', () => {
    expect(propertiesOfImage(elementOf(source))).toEqual({
      alt: '',
      width: '40',
      align: '',
      caption: 'See there',
      hasBorder: false,
    });
    expect(changed({})).toBe(source);
  });

  it('change alone what was changed', () => {
    expect(changed({ alt: 'A plan', align: 'center' })).toBe(
      source.replace('ac:class="x"', 'ac:class="x" ac:alt="A plan" ac:align="center"'),
    );
    expect(changed({ width: '60' })).toBe(source.replace('ac:height="20" ac:width="40"', 'ac:width="60"'));
    expect(changed({ caption: 'Other' })).toBe(source.replace(caption, '<ac:caption><p>Other</p></ac:caption>'));
    expect(changed({ caption: '' })).toBe(source.replace(caption, ''));
  });
});

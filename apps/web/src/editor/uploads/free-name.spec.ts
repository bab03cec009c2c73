import { describe, expect, it } from '@jest/globals';
import { freeName } from './free-name';

describe('the name of a new file', () => {
  it.each([
    ['image.png', [], 'image.png'],
    ['image.png', ['other.png'], 'image.png'],
    ['image.png', ['image.png'], 'image-2.png'],
    ['image.png', ['IMAGE.PNG', 'image-2.png'], 'image-3.png'],
    ['plan.tar.gz', ['plan.tar.gz'], 'plan.tar-2.gz'],
    ['Makefile', ['Makefile'], 'Makefile-2'],
    ['.profile', ['.profile'], '.profile-2'],
    ['が.png', ['か\u3099.png'], 'が-2.png'],
  ])('%s beside %j is %s', (name, taken, expected) => {
    expect(freeName(name, taken)).toBe(expected);
  });

  it('is no longer than a name may be', () => {
    const name = `${'a'.repeat(251)}.png`;
    expect(freeName(name, [name])).toBe(`${'a'.repeat(249)}-2.png`);
  });
});

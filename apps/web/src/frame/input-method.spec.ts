import { expect, it } from '@jest/globals';
import { isOfInputMethod } from './input-method';

it.each([
  ['a key that chooses characters', { isComposing: true, keyCode: 13 }, true],
  ['Safari’s Enter that ends a composition', { isComposing: false, keyCode: 229 }, true],
  ['Enter', { isComposing: false, keyCode: 13 }, false],
])('%s', (_name, event, expected) => {
  expect(isOfInputMethod(event)).toBe(expected);
});

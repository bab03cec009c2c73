import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { i18n } from '@lingui/core';
import { refusalKeys } from '@tributary/contracts';
import { ApiError } from '../rest/client';
import { explained } from './explained';
import type { Texts } from './language';

const english = JSON.parse(readFileSync(join(import.meta.dirname, 'en.json'), 'utf8')) as Record<string, string>;
const text: Texts['text'] = (key, values) => (values ? `${key} ${Object.values(values).join()}` : key);

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: english }));

it('has a text for each refusal that the services know', () => {
  const shown = refusalKeys.map((key) => explained(new ApiError(400, 'Words', [key]), text));
  expect(shown).toEqual(refusalKeys.map((key) => `refusal.${key}`));
});

it.each([
  [new ApiError(400, 'In its own words', ['unheard-of']), 'error.refused In its own words'],
  [new ApiError(400, 'In its own words'), 'error.refused In its own words'],
  [new ApiError(403, 'You may not'), 'error.forbidden.title'],
  [new ApiError(405, 'Read only'), 'app.readOnly'],
  [new ApiError(409, 'Version'), 'error.conflict'],
  [new ApiError(413, 'Large'), 'error.tooLarge'],
  [new ApiError(0, 'TypeError'), 'error.unavailable.title'],
  [new Error('a bug'), 'error.other.title'],
])('says of %s what it means', (error, expected) => {
  expect(explained(error, text)).toBe(expected);
});

import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-json';

/** Catalogues are JSON of key and ICU message; the build compiles them, and fails on a text that is missing or malformed. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'ja'],
  catalogs: ['messages', 'administration/messages', 'editor/elements/messages'].map((folder) => ({
    path: `<rootDir>/src/${folder}/{locale}`,
    include: ['<rootDir>/src'],
  })),
  format: formatter({ style: 'minimal' }),
});

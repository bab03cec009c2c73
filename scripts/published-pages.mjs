/** Storage format, and the editor's mapping of it, over real pages: those that the demonstration's client wrote last, a sample or all. */
import { join } from 'node:path';
import { cacheFolder } from './runtime.mjs';
import { suite } from './suites.mjs';

/** The specs that read every page of STORAGE_FORMAT_CORPUS. */
const specs = ['libs/storage-format/src/corpus.spec', 'libs/editor-document/src/editor-document.spec'];

export function publishedPages({ node, env }) {
  const corpus = { ...env, STORAGE_FORMAT_CORPUS: join(cacheFolder, 'programs', 'published-pages') };
  suite('Published pages', 'jest.config.mjs', specs, { node, env: corpus });
}

/** Storage format over real pages: those that the demonstration's client wrote last, a sample or all of them. */
import { join } from 'node:path';
import { cacheFolder } from './runtime.mjs';
import { suite } from './suites.mjs';

export function publishedPages({ node, env }) {
  const corpus = { ...env, STORAGE_FORMAT_CORPUS: join(cacheFolder, 'programs', 'published-pages') };
  suite('Storage format of the published pages', 'jest.config.mjs', ['corpus.spec'], { node, env: corpus });
}

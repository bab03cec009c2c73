import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { en } from './en.js';
import { ja } from './ja.js';
import { translate } from './translate.js';

describe('texts about jobs', () => {
  it('are there in both languages, with the same places for arguments', () => {
    const places = (text: string) => [...text.matchAll(/\{\d\}/g)].map(String).toSorted();
    expect(Object.keys(ja).toSorted()).toEqual(Object.keys(en).toSorted());
    for (const [key, text] of Object.entries(en)) expect([key, places(ja[key] ?? '')]).toEqual([key, places(text)]);
  });

  it('describe every job that a service declares', () => {
    const apps = join(import.meta.dirname, '../../../..');
    const sources = globSync('*/src/**/*.job.ts', { cwd: apps }).map((file) => readFileSync(join(apps, file), 'utf8'));
    const names = sources.flatMap((source) => /declareJob.*?name: '([^']+)'/s.exec(source)?.[1] ?? []);
    expect(names).toContain('pages.trash-retention');
    expect(names.filter((name) => en[name] === undefined)).toEqual([]);
  });

  it('take arguments, and let unknown keys stand', () => {
    expect(translate('ja', 'pages.delete-space.title', ['DOC'])).toBe('スペース DOC の削除');
    expect(translate('en', 'jobs.compared', [10, 0])).toBe('Compared: 10; differed: 0');
    expect(translate('en', 'export.of-tomorrow')).toBe('export.of-tomorrow');
  });
});

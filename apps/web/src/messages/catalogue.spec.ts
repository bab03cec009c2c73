import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const sources = join(import.meta.dirname, '..');
const folders = ['messages', 'administration/messages', 'editor/elements/messages'];
const catalogue = (folder: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(sources, folder, `${language}.json`), 'utf8')) as Record<string, string>;
const placeholders = (message: string): string[] =>
  [...message.matchAll(/\{(\w+)(?:\}|, (?:plural|select|number|date))/g)].map(([, name]) => name ?? '').sort();

/** The code's strings, as expressions: what a template inserts may be any one word. */
function stringsInCode(): RegExp[] {
  const files = readdirSync(sources, { recursive: true }).map(String);
  const code = files
    .filter((name) => /(?<!\.spec)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(sources, name), 'utf8'));
  const strings = code.flatMap((text) =>
    [...text.matchAll(/(['"`])([a-z]+\.[\w.${}]+)\1/g)].map(([, , string]) => string ?? ''),
  );
  return strings.map((string) => {
    const parts = string.split(/\$\{[\w.]+\}/).map((part) => part.replaceAll('.', '\\.'));
    return new RegExp(`^${parts.join('\\w+')}$`);
  });
}

describe.each(folders)('the message catalogues in %s', (folder) => {
  const english = catalogue(folder, 'en');
  const japanese = catalogue(folder, 'ja');

  it('have the same keys, in the same order', () => {
    expect(Object.keys(japanese)).toEqual(Object.keys(english));
  });

  it('put the same values into a message', () => {
    for (const [key, message] of Object.entries(english)) {
      expect([key, placeholders(japanese[key] ?? '')]).toEqual([key, placeholders(message)]);
    }
  });

  it('hold nothing that no code shows', () => {
    const used = stringsInCode();
    expect(Object.keys(english).filter((key) => !used.some((string) => string.test(key)))).toEqual([]);
  });

  it('are translated', () => {
    const same = Object.keys(english).filter((key) => english[key] === japanese[key]);
    expect(same.filter((key) => key !== 'app.name')).toEqual([]);
  });
});

it('no text is in two catalogues', () => {
  const keys = folders.flatMap((folder) => Object.keys(catalogue(folder, 'en')));
  expect(keys.length).toBe(new Set(keys).size);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const sources = join(import.meta.dirname, '..');
const catalogue = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${language}.json`), 'utf8')) as Record<string, string>;
const placeholders = (message: string): string[] =>
  [...message.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name ?? '').sort();

/** The code's strings, as expressions: what a template inserts may be any one word. */
function stringsInCode(): RegExp[] {
  const files = readdirSync(sources, { recursive: true }).map(String);
  const code = files
    .filter((name) => /(?<!\.spec)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(sources, name), 'utf8'));
  const strings = code.flatMap((text) =>
    [...text.matchAll(/(['`])([a-z]+\.[\w.${}]+)\1/g)].map(([, , string]) => string ?? ''),
  );
  return strings.map((string) => new RegExp(`^${string.replaceAll('.', '\\.').replaceAll(/\$\{\w+\}/g, '\\w+')}$`));
}

describe('the message catalogues', () => {
  const english = catalogue('en');
  const japanese = catalogue('ja');

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
    expect(same).toEqual(['app.name']);
  });
});

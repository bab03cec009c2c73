import type { RestClient } from '../sample-wiki.js';

/** What is measured on. */
export interface BenchWiki {
  readonly space: string;
  /** Pages that lie side by side in the tree. */
  readonly titles: readonly string[];
  readonly longPageId: string;
}

const pageCount = 40;
export const blockCount = 3_000;

const sentence = 'The quick brown fox jumps over the lazy dog while the on-call engineer reads the runbook once more. ';

/** Blocks as people write them: paragraphs with marks and links above all, headings, lists, tables, code, panels. */
function block(index: number): string {
  const kind = index % 20;
  if (kind === 0) return `<h2>Part ${index / 20}</h2>`;
  if (kind === 5) return '<ul><li><p>one</p></li><li><p>two <strong>bold</strong></p></li></ul>';
  if (kind === 9) return '<table><tbody><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>';
  if (kind === 13)
    return '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">js</ac:parameter><ac:plain-text-body><![CDATA[let a = 1;\nlet b = 2;]]></ac:plain-text-body></ac:structured-macro>';
  if (kind === 17)
    return `<ac:structured-macro ac:name="info"><ac:rich-text-body><p>${sentence}</p></ac:rich-text-body></ac:structured-macro>`;
  return `<p>${index} ${sentence}<em>slanted</em>, <a href="https://example.org">a link</a>. ${sentence}</p>`;
}

const blocks = (count: number): string => Array.from({ length: count }, (_, index) => block(index)).join('');

/** Makes a space with pages of ten blocks, and a page of 3,000. */
export async function createBenchWiki(rest: RestClient): Promise<BenchWiki> {
  const space = `BENCH${process.pid}`;
  await rest.send('POST', '/rest/api/space', { key: space, name: 'Bench' });
  const create = (title: string, value: string) =>
    rest.send<{ id: string }>('POST', '/rest/api/content', {
      type: 'page',
      title,
      space: { key: space },
      body: { storage: { value, representation: 'storage' } },
    });
  const titles = Array.from({ length: pageCount }, (_, index) => `Page ${String(index + 1).padStart(2, '0')}`);
  for (const title of titles) await create(title, blocks(10));
  const { id } = await create('Zzz, a long one', blocks(blockCount));
  return { space, titles, longPageId: id };
}

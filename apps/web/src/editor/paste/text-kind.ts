/** What a pasted text without HTML is written in. */
export type TextKind = 'markdown' | 'wiki' | 'table' | 'plain';

/** Signs of a language, each with how sure one of it makes; two sure ones are enough. */
type Signs = readonly (readonly [pattern: RegExp, weight: number])[];

const wiki: Signs = [
  [/^h[1-6]\. \S/gm, 2],
  [/^\s*\|\|.+\|\|\s*$/gm, 2],
  [/^bq\. \S/gm, 2],
  [
    /(?<![{$\\])\{(?:code|noformat|info|note|warning|tip|panel|quote|expand|toc|excerpt|section|column|color|status|anchor|children)(?:[:|][^{}\n]*)?\}/g,
    2,
  ],
  [/(?<!\{)\{\{[^{}\n]+\}\}(?!\})/g, 1],
  [/\[[^[\]\n|]+\|[^[\]\n]+\]/g, 2],
  [/\[(?:\^[^\]\n]+\.\w+|~\w+)\]/g, 2],
  [/![\w][^!\n]*\.(?:png|jpe?g|gif|svg)(?:\|[^!\n]*)?!/gi, 2],
  [/^[*#]{2,6} [^\n]+\n[*#]+ /gm, 1],
];

const markdown: Signs = [
  [/^#{1,6} \S.*\n\s*\n/gm, 2],
  [/^#{2,6} \S/gm, 1],
  [/^ {0,3}(?:```|~~~)/gm, 1],
  [/^\s*\|?[ :]*-{3,}[ :]*(?:\|[ :]*-{2,}[ :]*)*\|?\s*$/gm, 1],
  [/\[[^\]\n]+\]\((?:https?:|mailto:|\/|#|\.)[^)\s]*(?: "[^"\n]*")?\)/g, 2],
  [/^\s*[-*+] \[[ xX]\] /gm, 2],
  [/^\s*[-*+] \S.*\n(?:\s*\n)?\s*[-*+] \S/gm, 2],
  [/^\s*1[.)] \S.*\n(?:.*\n){0,3}\s*2[.)] \S/gm, 2],
  [/(?<![\w*])\*\*[^\s*][^*\n]*\*\*(?![\w*])/g, 1],
  [/(?<!`)`[^`\n]+`(?!`)/g, 1],
  [/^> \S/gm, 1],
];

const enough = 2;
/** Only so much of a text is looked at. */
const readMax = 20_000;

const score = (text: string, signs: Signs): number =>
  signs.reduce((sum, [pattern, weight]) => sum + Math.min(3, text.match(pattern)?.length ?? 0) * weight, 0);

/** Guesses from its signs what a text is written in; plain where they don't say it clearly. */
export function kindOfText(text: string): TextKind {
  const start = text.slice(0, readMax).replace(/\r\n?/g, '\n');
  if (isTable(start)) return 'table';
  const [asWiki, asMarkdown] = [score(start, wiki), score(start, markdown)];
  if (asWiki >= enough && asWiki > asMarkdown) return 'wiki';
  return asMarkdown >= enough ? 'markdown' : 'plain';
}

/** Cells between tabulators, the same number in each of at least two lines, as spreadsheets write them. */
function isTable(text: string): boolean {
  const lines = text.replace(/\n+$/, '').split('\n');
  const counts = new Set(lines.map((line) => line.split('\t').length));
  const [count = 1] = counts;
  return lines.length > 1 && counts.size === 1 && count > 1 && !lines.every((line) => line.startsWith('\t'));
}

/** How far back a search looks. */
export const periods = { day: '-1d', week: '-1w', month: '-1M', year: '-1y' } as const;
export type Period = keyof typeof periods;
export const periodNames = Object.keys(periods) as Period[];
export const contentTypes = ['page', 'blogpost', 'comment'] as const;
export type ContentType = (typeof contentTypes)[number];

/** What the fields of the search page ask for. */
export interface Filters {
  readonly q?: string;
  readonly space?: string;
  readonly type?: ContentType;
  readonly label?: string;
  readonly author?: string;
  readonly time?: Period;
}

/** A text as a value of CQL. */
export const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** The CQL of filters, as somebody would write it; empty when nothing is asked for. What was changed last comes first where no words order it. */
export function cqlOf({ q, space, type, label, author, time }: Filters): string {
  const words = q?.trim();
  const clauses = [
    words && `siteSearch ~ ${quoted(words)}`,
    space && `space = ${quoted(space)}`,
    type && `type = ${type}`,
    label && `label = ${quoted(label)}`,
    author && `creator = ${quoted(author)}`,
    time && `lastmodified >= now("${periods[time]}")`,
  ].filter((clause) => clause !== undefined && clause !== '');
  if (clauses.length === 0) return '';
  return `${clauses.join(' and ')}${words ? '' : ' order by lastmodified desc'}`;
}

/** Scripts that write without spaces are found inside of longer runs anyway. */
const spaced = /[\p{L}\p{N}]$/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]$/u;

/** What somebody typed so far, as words of a text query: the last may go on. */
export function typedWords(typed: string): string {
  const words = typed
    .trim()
    .replaceAll(/["*?~]/g, ' ')
    .trim();
  return spaced.test(words) && !unspaced.test(words) ? `${words}*` : words;
}

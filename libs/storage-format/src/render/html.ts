/** Values of attributes; an undefined one is left out. */
export type HtmlAttributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What HTML text mustn't have as it is, and control characters, which the renderer uses as marks of its own. */
const SPECIAL_CHARACTERS = /[&<>"']|(?![\t\n\r])\p{Cc}/gu;

/** Text for HTML, in content as in attributes. */
export function escapeHtml(text: string): string {
  return text.replace(SPECIAL_CHARACTERS, (character) => ESCAPES[character] ?? '');
}

/** The characters that a reader of this renderer's own HTML sees. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (reference) => TEXT_BY_REFERENCE[reference] ?? reference);
}

const TEXT_BY_REFERENCE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ESCAPES).map(([character, reference]) => [reference, character]),
);

export function startTag(name: string, attributes: HtmlAttributes = {}): string {
  let tag = `<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) tag += ` ${attribute}="${escapeHtml(String(value))}"`;
  }
  return `${tag}>`;
}

/** An element around HTML that is ready. */
export function tag(name: string, attributes: HtmlAttributes, html: string): string {
  return `${startTag(name, attributes)}${html}</${name}>`;
}

/** An element without content, such as `img`. */
export function emptyTag(name: string, attributes: HtmlAttributes): string {
  return `${startTag(name, attributes).slice(0, -1)} />`;
}

/** Class names in one attribute; undefined when there are none. */
export function classes(...names: readonly (string | number | undefined | false)[]): string | undefined {
  const present = names.filter((name) => typeof name === 'string' && name !== '');
  return present.length === 0 ? undefined : present.join(' ');
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const characters: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** Plain text in storage format: a paragraph for each block, a break for each line. */
export function storageOf(text: string): string {
  const paragraphs = text
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n{2,}/);
  const escaped = paragraphs.map((paragraph) => paragraph.replaceAll(/[&<>]/g, (found) => escapes[found] ?? found));
  return escaped.map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br/>')}</p>`).join('');
}

/** The plain text that `storageOf` makes a body of; undefined where it holds more than plain text does. */
export function textOf(storage: string): string | undefined {
  const body = storage.replaceAll(/<br ?\/>/g, '<br/>');
  if (!/^(?:<p>(?:[^<]|<br\/>)*<\/p>)+$/.test(body)) return undefined;
  const lines = body.slice(3, -4).replaceAll('</p><p>', '\n\n').replaceAll('<br/>', '\n');
  const text = lines.replaceAll(/&(?:lt|gt|quot|amp);/g, (found) => characters[found] ?? found);
  // Another entity would be written as its letters.
  return /&(?:#?\w+);/.test(lines.replaceAll(/&(?:lt|gt|quot|amp);/g, '')) ? undefined : text;
}

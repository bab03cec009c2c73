/** Pieces of storage format, for pages that are written by hand. Texts are XHTML already. */

/** A macro with parameters, and with a body of blocks where it has one. */
export function macro(name: string, parameters: Readonly<Record<string, string>> = {}, body = ''): string {
  const given = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  const rich = body && `<ac:rich-text-body>${body}</ac:rich-text-body>`;
  return `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${given.join('')}${rich}</ac:structured-macro>`;
}

export const code = (language: string, text: string): string =>
  `<ac:structured-macro ac:name="code" ac:schema-version="1"><ac:parameter ac:name="language">${language}</ac:parameter>` +
  `<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body></ac:structured-macro>`;

export const link = (title: string): string => `<ac:link><ri:page ri:content-title="${title}" /></ac:link>`;

export const status = (title: string, colour: string): string => macro('status', { title, colour });

export const table = (head: readonly string[], ...rows: readonly (readonly string[])[]): string => {
  const cells = (row: readonly string[], name: 'th' | 'td') => row.map((cell) => `<${name}>${cell}</${name}>`).join('');
  const lines = [cells(head, 'th'), ...rows.map((row) => cells(row, 'td'))];
  return `<table><tbody>${lines.map((line) => `<tr>${line}</tr>`).join('')}</tbody></table>`;
};

export const list = (...items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

/** `done` of the first ones are ticked. */
export const tasks = (done: number, ...texts: readonly string[]): string => {
  const task = (text: string, index: number) =>
    `<ac:task><ac:task-id>${index + 1}</ac:task-id><ac:task-status>${index < done ? 'complete' : 'incomplete'}</ac:task-status>` +
    `<ac:task-body>${text}</ac:task-body></ac:task>`;
  return `<ac:task-list>${texts.map(task).join('')}</ac:task-list>`;
};

export const columns = (left: string, right: string): string =>
  `<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell>${left}</ac:layout-cell>` +
  `<ac:layout-cell>${right}</ac:layout-cell></ac:layout-section></ac:layout>`;

/** Elements of storage format, for tests. */
export const macro = (name: string, parameters: string, inside = '') =>
  `<ac:structured-macro ac:name="${name}" ac:macro-id="${parameters.length}">${parameters}${inside}</ac:structured-macro>`;
export const parameter = (name: string, value: string) => `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
export const rich = (inside: string) => `<ac:rich-text-body>${inside}</ac:rich-text-body>`;
export const link = (title: string, body = '') =>
  `<ac:link><ri:page ri:content-title="${title}" />${body && `<ac:link-body>${body}</ac:link-body>`}</ac:link>`;
export const task = (status: string) =>
  `<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>do it</ac:task-body></ac:task></ac:task-list>`;
export const table = (...rows: string[]) =>
  `<table><tbody>${rows.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table>`;
export const image = (attributes: string) =>
  `<p><ac:image${attributes}><ri:attachment ri:filename="f.png" /></ac:image></p>`;
export const code = (text: string) => macro('code', '', `<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body>`);
export const columns = (one: string, other: string) =>
  `<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell>${one}</ac:layout-cell><ac:layout-cell>${other}</ac:layout-cell></ac:layout-section></ac:layout>`;

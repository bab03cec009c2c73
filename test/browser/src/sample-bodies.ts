/** Bodies in storage format that hold every element that a reader can meet. */

const macro = (name: string, body = '', parameters: Record<string, string> = {}): string => {
  const given = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  return `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${given.join('')}${body}</ac:structured-macro>`;
};
const rich = (html: string): string => `<ac:rich-text-body>${html}</ac:rich-text-body>`;
const plain = (text: string): string => `<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body>`;
const status = (title: string, colour: string): string => macro('status', '', { title, colour });
const pageLink = (title: string, text?: string): string =>
  `<ac:link><ri:page ri:content-title="${title}"/>${text ? `<ac:link-body>${text}</ac:link-body>` : ''}</ac:link>`;
const anchorLink = (anchor: string, text: string): string =>
  `<ac:link ac:anchor="${anchor}"><ac:link-body>${text}</ac:link-body></ac:link>`;
const task = (id: number, isDone: boolean, body: string): string =>
  `<ac:task><ac:task-id>${id}</ac:task-id><ac:task-status>${isDone ? 'complete' : 'incomplete'}</ac:task-status>` +
  `<ac:task-body><span>${body}</span></ac:task-body></ac:task>`;
const emoticon = (name: string): string => `<ac:emoticon ac:name="${name}"/>`;

/** The file that `elements` shows as an image. */
export const imageName = 'deployment.svg';

const restore = `import { Client } from 'pg';

/** Replays the journal up to \`target\`, and says how far it came. */
export async function restore(target: Date): Promise<number> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query('select replay_until($1) as applied', [target.toISOString()]);
    return rows[0].applied; // a count of records, which is 0 when there was nothing to do on this very long line of code
  } finally {
    await client.end();
  }
}`;

export const handbookHome =
  '<p>How we run things: what to do when the pager rings, how a release goes out, and where everything is written down.</p>' +
  macro(
    'info',
    rich(`<p>New here? Start with ${pageLink('On-call guide')}, then read the ${pageLink('Runbooks')}.</p>`),
  ) +
  '<h2>What is here</h2>' +
  macro('children', '', { all: 'true' });

export const onCall =
  macro('toc') +
  '<p>When the pager rings, first breathe. Then acknowledge within five minutes, say in the channel that you have it, and look at the ' +
  'dashboards before you change anything. Nobody expects you to know everything; everybody expects you to say what you do.</p>' +
  '<h2>Before your shift</h2><ul><li>Test the pager.</li><li>Read the last hand-over.</li><li>Know who is second in line:<ul><li>weekdays: the platform team</li>' +
  '<li>weekends: see the rota</li></ul></li></ul>' +
  '<h2>During an incident</h2><ol><li>Acknowledge.</li><li>Assess: who is affected?</li><li>Tell people.</li><li>Mitigate first, understand later.</li></ol>' +
  macro('warning', rich('<p>Never restart the primary database without a second pair of eyes.</p>'), {
    title: 'Two people',
  }) +
  `<p>See ${pageLink('Restore a backup', 'how to restore a backup')}, the ${pageLink('Post-mortem of the great flood')} that nobody has written yet, ` +
  `and ${anchorLink('after', 'what comes after')}.</p>` +
  '<h3>Severity</h3><table><tbody><tr><th>Level</th><th>Means</th><th>Answer within</th></tr>' +
  `<tr><td>${status('SEV 1', 'Red')}</td><td>Readers can’t read</td><td>5 minutes</td></tr>` +
  `<tr><td>${status('SEV 2', 'Yellow')}</td><td>Writers can’t write</td><td>30 minutes</td></tr>` +
  `<tr><td>${status('SEV 3', 'Blue')}</td><td>Something is slow</td><td>the next working day</td></tr></tbody></table>` +
  `<p>${macro('anchor', '', { '': 'after' })}</p><h2>After the incident</h2><p>Write down what happened within two days: what we saw, what we thought, what we did. Blame is not a cause.</p>` +
  '<p>Filler so that the anchor lies below the fold.</p>'.repeat(24);

export const elements =
  macro('toc', '', { maxLevel: '2' }) +
  '<h1>Text</h1><p><strong>Strong</strong>, <em>emphasis</em>, <u>underlined</u>, <s>struck</s>, H<sub>2</sub>O, E = mc<sup>2</sup>, <code>inline code</code>, ' +
  '<span style="color: rgb(255,0,0);">red by hand</span> and <span style="color: #172b4d;">dark blue by hand</span>; ' +
  '<a href="https://example.org/">a link that leaves</a>, a date <time datetime="2026-03-02"/>, a mention of ' +
  `<ac:link><ri:user ri:username="admin"/></ac:link>, ${['smile', 'thumbs-up', 'tick', 'cross', 'warning', 'yellow-star', 'red-star', 'green-star', 'blue-star', 'heart'].map(emoticon).join(' ')}, ` +
  'and <ac:inline-comment-marker ac:ref="c1">words that someone commented on</ac:inline-comment-marker>.</p>' +
  '<blockquote><p>A page that nobody reads is a page that nobody wrote.</p></blockquote><hr/>' +
  '<h3>A third level</h3><p>Text.</p><h4>A fourth</h4><p>Text.</p><h5>A fifth</h5><p>Text.</p><h6>A sixth</h6><p>Text.</p>' +
  `<p>Status: ${status('Draft', 'Grey')} ${status('Blocked', 'Red')} ${status('In review', 'Yellow')} ${status('Done', 'Green')} ${status('Planned', 'Blue')} ${status('Idea', 'Purple')}</p>` +
  '<h1>Lists and tasks</h1><ul><li>One<ul><li>Two<ul><li>Three</li></ul></li></ul></li></ul><ol><li>First<ol><li>Below</li></ol></li><li>Second</li></ol>' +
  `<ac:task-list>${task(1, true, 'Order the new machine')}${task(2, false, 'Move the old one to the cellar, carefully, because its fans are loud and the stairs are narrow; then label its cables')}${task(3, false, 'Tell everyone')}</ac:task-list>` +
  '<h1>Boxes</h1>' +
  macro(
    'info',
    rich('<p>An information box. It may hold <a href="https://example.org/">links</a> and <code>code</code>.</p>'),
    { title: 'Good to know' },
  ) +
  macro('note', rich('<p>A note.</p>')) +
  macro('warning', rich('<p>A warning.</p>'), { title: 'Careful' }) +
  macro('tip', rich('<p>A tip.</p>')) +
  macro('panel', rich('<p>A panel with a title.</p>'), { title: 'Panel' }) +
  macro('panel', rich('<p>A panel whose writer chose its colours.</p>'), {
    title: 'Coloured',
    bgColor: '#fffae6',
    titleBGColor: '#ffe380',
    borderColor: '#ffc400',
    titleColor: '#172b4d',
  }) +
  macro('expand', rich('<p>This was hidden.</p>'), { title: 'More about it' }) +
  '<h1>Code</h1>' +
  macro('code', plain(restore), { language: 'typescript', title: 'restore.ts', linenumbers: 'true', firstline: '7' }) +
  macro('code', plain('$ tributary nodes\n$ tributary drain gateway-1'), { language: 'bash' }) +
  macro('noformat', plain('As it was   typed,\n  spaces and all.')) +
  '<h1>Tables</h1><table><tbody><tr><th>Service</th><th>Copies</th><th>What it does</th></tr><tr><td>gateway</td><td>2</td><td>Answers browsers and scripts</td></tr>' +
  '<tr><td>pages</td><td>2</td><td>Keeps spaces, pages and what hangs on them</td></tr><tr><td class="highlight-green" data-highlight-colour="green">search</td><td colspan="2">One, and it can be rebuilt</td></tr></tbody></table>' +
  `<table><tbody><tr>${Array.from({ length: 14 }, (_, index) => `<th>Column ${index + 1}</th>`).join('')}</tr><tr>${Array.from({ length: 14 }, (_, index) => `<td>A value that is wide ${index + 1}</td>`).join('')}</tr></tbody></table>` +
  '<h1>Images</h1>' +
  `<p><ac:image ac:alt="How it is deployed" ac:width="520" ac:border="true"><ri:attachment ri:filename="${imageName}"/><ac:caption><p>Two of each, behind one address</p></ac:caption></ac:image></p>` +
  '<p>A file that isn’t there: <ac:image><ri:attachment ri:filename="lost.png"/></ac:image></p>' +
  '<h1>Columns</h1><ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><h3>Left</h3><p>Columns stand side by side where there is room, and one below the other on a phone.</p></ac:layout-cell><ac:layout-cell><h3>Right</h3><p>Each keeps its own text, tables and boxes.</p></ac:layout-cell></ac:layout-section>' +
  '<ac:layout-section ac:type="three_with_sidebars"><ac:layout-cell><p>A sidebar.</p></ac:layout-cell><ac:layout-cell><p>The middle is wider than its neighbours, as it should be for text.</p></ac:layout-cell><ac:layout-cell><p>Another sidebar.</p></ac:layout-cell></ac:layout-section></ac:layout>' +
  macro(
    'section',
    rich(
      macro('column', rich('<p>An older kind of column, 30% wide.</p>'), { width: '30%' }) +
        macro('column', rich('<p>The rest.</p>')),
    ),
    { border: 'true' },
  ) +
  '<h1>What could not be shown</h1>' +
  macro('gliffy', rich('<p>The body of a macro that nobody installed.</p>'), { name: 'diagram' }) +
  macro('include', '', { '': 'No such page' }) +
  `<p>${pageLink('A page that is not there')}</p>`;

export const japanese =
  macro('toc') +
  '<p>障害が起きたら、まず五分以内に応答し、担当者であることをチャンネルで伝えてください。変更を加える前に、必ずダッシュボードを確認します。すべてを知っている必要はありませんが、何をしているかは常に共有してください。</p>' +
  '<h2>手順</h2><ol><li>バックアップの一覧を確認する</li><li>復元先のデータベースを停止する</li><li>復元を実行し、件数を照合する</li></ol>' +
  macro('note', rich('<p>復元中は書き込みができません。事前に利用者へ通知してください。</p>'), { title: '注意' }) +
  macro('code', plain('# 最新のバックアップから復元する\ntributary restore --latest'), {
    language: 'bash',
    title: '復元',
  }) +
  '<h2>確認項目</h2><table><tbody><tr><th>項目</th><th>期待値</th></tr><tr><td>ページ数</td><td>停止前と同じ</td></tr><tr><td>添付ファイル</td><td>すべてダウンロードできる</td></tr></tbody></table>' +
  `<ac:task-list>${task(1, true, '担当者に連絡する')}${task(2, false, '結果を記録する')}</ac:task-list>`;

import type { DemoSpace } from './demo-space.js';
import { code, columns, link, list, macro, status, table, tasks } from './storage.js';

const home =
  `<p>This is a wiki for a team: pages in a tree, written together, found again, and yours. What you are reading is a page like any ` +
  `other; change it, or throw the whole space away when you have seen enough.</p>` +
  macro('info', { title: 'New here?' }, `<p>Read ${link('Write a page')} first; it takes two minutes.</p>`) +
  columns(
    `<h3>For readers and writers</h3>${list(link('Write a page'), link('What a page can hold'), link('Find things'), link('Work together'))}`,
    `<h3>For those who run it</h3>${list(link('The cluster'), link('Scripts and programs'))}`,
  ) +
  `<h2>Try it</h2>` +
  tasks(
    1,
    'Open the demo space',
    'Tick this task',
    `Change a sentence of ${link('Write a page')}`,
    'Press Ctrl+K and look for “kettle”',
  );

const write =
  `<p>Choose <strong>Create</strong> at any page: the new one goes below it. Choose <strong>Edit</strong> to change ` +
  `one. There is nothing to save: a draft saves itself every few seconds, survives a reload and a lost ` +
  `network, and nobody else sees it until you publish.</p>` +
  `<h2>While you type</h2>` +
  table(
    ['Type', 'and get'],
    ['<code>/</code>', 'a menu of all blocks: tables, panels, layouts, macros'],
    ['<code>@</code>', 'people'],
    ['<code>:</code>', 'emoji'],
    ['<code>## </code>', 'a heading'],
    ['<code>- </code> or <code>1. </code>', 'a list'],
    ['<code>[] </code>', 'a task'],
    ['<code>**bold**</code>, <code>_italic_</code>', '<strong>bold</strong>, <em>italic</em>'],
    ['<code>```</code>', 'a block of code'],
  ) +
  macro(
    'tip',
    {},
    `<p>Ctrl+/ shows all keys. Paste from Word, a spreadsheet, a web page or Markdown: it becomes clean blocks.</p>`,
  ) +
  `<h2>When two write at once</h2><p>You are told who else edits. The second to publish sees both texts side by side and chooses; no text is ever lost.</p>`;

const holds =
  macro('toc', { maxLevel: '2' }) +
  `<h2>Panels</h2>` +
  macro('info', {}, `<p>Good to know.</p>`) +
  macro('note', {}, `<p>Take note of this.</p>`) +
  macro('warning', { title: 'Careful' }, `<p>Something can break.</p>`) +
  macro('tip', {}, `<p>It can be done more easily.</p>`) +
  macro('panel', { title: 'A panel with a title', borderStyle: 'solid' }, `<p>Any blocks go in here.</p>`) +
  macro('expand', { title: 'Details for those who want them' }, `<p>They are here.</p>`) +
  `<h2>Status and dates</h2><p>The release is ${status('In review', 'Yellow')}, its docs are ${status('Done', 'Green')}, due on <time datetime="2027-03-02" />.</p>` +
  `<h2>Code</h2>` +
  code('typescript', `export const greet = (name: string): string => \`Hello, \${name}!\`;`) +
  `<h2>Tables</h2>` +
  table(
    ['Service', 'Copies', 'State'],
    ['gateway', '2', status('Running', 'Green')],
    ['search', '1', status('Running', 'Green')],
  ) +
  `<h2>Columns</h2>` +
  columns(`<p>One side by</p>`, `<p>the other.</p>`) +
  `<h2>Parts of other pages</h2><p>This sentence is kept in another page and shown in this one:</p>` +
  `<ac:structured-macro ac:name="excerpt-include"><ac:parameter ac:name="">${link('A kettle')}</ac:parameter></ac:structured-macro>`;

const kettle =
  macro('excerpt', {}, `<p>The kettle is on the second floor, and whoever empties it fills it.</p>`) +
  `<p>Change it here, and every page that shows it shows the new text at once, whichever server of the cluster it comes from.</p>`;

const find =
  `<p>Press <strong>Ctrl+K</strong> anywhere and type some letters of a title. The search page has filters for space, type, label, author and ` +
  `time, and shows the CQL behind them, which you can change:</p>` +
  code(
    'sql',
    `space = DEMO and text ~ "kettle" order by lastmodified desc\nlabel in (howto, guide) and created > now("-30d")`,
  ) +
  `<p>Watch a page to hear of its changes. Labels gather what stands in different places of the tree.</p>`;

const together =
  list(
    '<strong>Comment</strong> below the page, or select some words and comment on exactly those; threads are resolved when they are done.',
    '<strong>Like</strong> what helped you.',
    '<strong>Restrict</strong> who may see or change a page: it counts for all pages below it.',
    '<strong>Compare</strong> any two versions, and go back to one. Nothing that was published is lost.',
    '<strong>Move</strong> pages by dragging them in the tree.',
  ) + macro('note', {}, `<p>A page that you have open tells you when somebody changes it.</p>`);

const cluster =
  `<p>This wiki runs as several processes that can each be stopped, replaced or doubled while people work. Whichever of them answers, you see ` +
  `what was published last: caches are told before a change is acknowledged, never after.</p>` +
  code(
    'bash',
    `tributary nodes            # every process, with its state\ntributary add gateway      # one more\ntributary drain gateway-1  # lets one go without an error for anybody`,
  ) +
  `<p>Administrators find the nodes, their load, the scheduled jobs and the caches under <strong>Administration</strong>.</p>`;

const programs =
  `<p>The REST API is Confluence Data Center’s: scripts, bots and publishing tools go on working. A token of your own is made in your settings.</p>` +
  code('bash', `curl -H "Authorization: Bearer $TOKEN" \\\n  "$WIKI/rest/api/content/search?cql=space=DEMO&limit=5"`) +
  `<h2>Pages below this space’s home</h2>` +
  macro('pagetree', { root: '@home' });

export const english: DemoSpace = {
  name: 'Welcome to Tributary',
  description: 'A space that explains the wiki by being one. It can be deleted in its settings.',
  home,
  pages: [
    { title: 'Write a page', body: write },
    { title: 'What a page can hold', body: holds, pages: [{ title: 'A kettle', body: kettle }] },
    { title: 'Find things', body: find },
    { title: 'Work together', body: together },
    { title: 'The cluster', body: cluster },
    { title: 'Scripts and programs', body: programs },
  ],
};

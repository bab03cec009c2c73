import type { DemoSpace } from './demo-space.js';
import { code, columns, link, list, macro, status, table, tasks } from './storage.js';

const home =
  `<p>チームのための Wiki です。ページをツリーにまとめ、みんなで書き、あとで見つけられます。今お読みのこのページも、ほかと同じただのページです。` +
  `書き換えても、見終わったらスペースごと捨ててもかまいません。</p>` +
  macro('info', { title: 'はじめての方へ' }, `<p>まず${link('ページを書く')}をお読みください。2 分で終わります。</p>`) +
  columns(
    `<h3>読む人、書く人に</h3>${list(link('ページを書く'), link('ページに入れられるもの'), link('探す'), link('いっしょに使う'))}`,
    `<h3>運用する人に</h3>${list(link('クラスター'), link('スクリプトとプログラム'))}`,
  ) +
  `<h2>試してみる</h2>` +
  tasks(
    1,
    'デモスペースを開く',
    'このタスクにチェックを入れる',
    `${link('ページを書く')}の一文を書き換える`,
    'Ctrl+K を押して「やかん」を探す',
  );

const write =
  `<p>どのページからでも<strong>作成</strong>を選ぶと、その下に新しいページができます。<strong>編集</strong>を選ぶと書き換えられます。保存の心配は` +
  `いりません。下書きは数秒ごとに自動で保存され、再読み込みしても、ネットワークが切れても残り、公開するまでほかの人には見えません。</p>` +
  `<h2>入力しながら</h2>` +
  table(
    ['入力', 'できるもの'],
    ['<code>/</code>', 'すべてのブロックのメニュー。表、パネル、レイアウト、マクロ'],
    ['<code>@</code>', '人'],
    ['<code>:</code>', '絵文字'],
    ['<code>## </code>', '見出し'],
    ['<code>- </code>、<code>1. </code>', 'リスト'],
    ['<code>[] </code>', 'タスク'],
    ['<code>**太字**</code>、<code>_斜体_</code>', '<strong>太字</strong>、<em>斜体</em>'],
    ['<code>```</code>', 'コードブロック'],
  ) +
  macro(
    'tip',
    {},
    `<p>Ctrl+/ ですべてのキーが見られます。Word、表計算、Web ページ、Markdown から貼り付けると、整ったブロックになります。</p>`,
  ) +
  `<h2>二人が同時に書いたら</h2><p>ほかに誰が編集しているかが表示されます。あとから公開する人は両方の文章を並べて見て選べるので、文章が失われることはありません。</p>`;

const holds =
  macro('toc', { maxLevel: '2' }) +
  `<h2>パネル</h2>` +
  macro('info', {}, `<p>知っておくとよいこと。</p>`) +
  macro('note', {}, `<p>気をつけること。</p>`) +
  macro('warning', { title: '注意' }, `<p>壊れるかもしれないこと。</p>`) +
  macro('tip', {}, `<p>もっと楽にできる方法。</p>`) +
  macro('panel', { title: 'タイトルのあるパネル', borderStyle: 'solid' }, `<p>中にはどんなブロックも入ります。</p>`) +
  macro('expand', { title: '詳しく知りたい人に' }, `<p>ここにあります。</p>`) +
  `<h2>ステータスと日付</h2><p>リリースは${status('レビュー中', 'Yellow')}、文書は${status('完了', 'Green')}、期限は <time datetime="2027-03-02" /> です。</p>` +
  `<h2>コード</h2>` +
  code('typescript', `export const greet = (name: string): string => \`こんにちは、\${name}さん\`;`) +
  `<h2>表</h2>` +
  table(
    ['サービス', 'コピー', '状態'],
    ['gateway', '2', status('稼働中', 'Green')],
    ['search', '1', status('稼働中', 'Green')],
  ) +
  `<h2>段組み</h2>` +
  columns(`<p>左と</p>`, `<p>右。</p>`) +
  `<h2>ほかのページの一部</h2><p>次の文は別のページにあり、ここにも表示されています。</p>` +
  `<ac:structured-macro ac:name="excerpt-include"><ac:parameter ac:name="">${link('やかん')}</ac:parameter></ac:structured-macro>`;

const kettle =
  macro('excerpt', {}, `<p>やかんは 2 階にあります。空にした人が水を入れてください。</p>`) +
  `<p>ここを書き換えると、表示しているすべてのページがすぐ新しくなります。クラスターのどのサーバーから読んでも同じです。</p>`;

const find =
  `<p>どこでも <strong>Ctrl+K</strong> を押して、タイトルの一部を入力してください。検索ページではスペース、種類、ラベル、作成者、時期で絞り込め、` +
  `その元になる CQL も見て書き換えられます。</p>` +
  code(
    'sql',
    `space = DEMO and text ~ "やかん" order by lastmodified desc\nlabel in (howto, guide) and created > now("-30d")`,
  ) +
  `<p>ページをウォッチすると変更が知らされます。ツリーの離れたところにあるものはラベルでまとめられます。</p>`;

const together =
  list(
    'ページの下に<strong>コメント</strong>を書けます。言葉を選んで、そこだけにコメントすることもできます。済んだスレッドは解決済みにします。',
    '役に立ったら<strong>いいね</strong>を。',
    'ページを見る人、書き換える人を<strong>制限</strong>できます。下のページにも効きます。',
    'どの二つのバージョンも<strong>比較</strong>でき、元に戻せます。公開したものは失われません。',
    'ツリーの中でドラッグすると、ページを<strong>移動</strong>できます。',
  ) + macro('note', {}, `<p>開いているページを誰かが書き換えると、知らせが出ます。</p>`);

const cluster =
  `<p>この Wiki は複数のプロセスで動き、使っている最中にどれを止めても、入れ替えても、増やしてもかまいません。どのプロセスが答えても、最後に公開された` +
  `ものが見えます。キャッシュには、変更が確定する前に知らせが届くからです。</p>` +
  code(
    'bash',
    `tributary nodes            # すべてのプロセスとその状態\ntributary add gateway      # 一つ増やす\ntributary drain gateway-1  # 誰にもエラーを見せずに一つ外す`,
  ) +
  `<p>管理者は<strong>管理</strong>の画面で、ノード、負荷、スケジュールジョブ、キャッシュを見られます。</p>`;

const programs =
  `<p>REST API は Confluence Data Center と同じです。スクリプトもボットも公開ツールもそのまま動きます。自分のトークンは個人設定で作れます。</p>` +
  code('bash', `curl -H "Authorization: Bearer $TOKEN" \\\n  "$WIKI/rest/api/content/search?cql=space=DEMO&limit=5"`) +
  `<h2>このスペースのページ</h2>` +
  macro('pagetree', { root: '@home' });

export const japanese: DemoSpace = {
  name: 'Tributary へようこそ',
  description: 'Wiki そのもので Wiki を説明するスペースです。スペース設定で削除できます。',
  home,
  pages: [
    { title: 'ページを書く', body: write },
    { title: 'ページに入れられるもの', body: holds, pages: [{ title: 'やかん', body: kettle }] },
    { title: '探す', body: find },
    { title: 'いっしょに使う', body: together },
    { title: 'クラスター', body: cluster },
    { title: 'スクリプトとプログラム', body: programs },
  ],
};

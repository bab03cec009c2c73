import { element, emoticonCharacters, type StorageElement } from '@tributary/storage-format';

/** What can be chosen: Confluence's own emoticons by their name, and characters that it writes by their short name. */
export interface Emoji {
  readonly character: string;
  /** Short name without colons; it is the name of Confluence's emoticon where `isEmoticon`. */
  readonly name: string;
  readonly isEmoticon: boolean;
  /** In both languages, to find it by. */
  readonly words: string;
}

/** Words by name. */
const emoticonWords: Readonly<Record<string, string>> = {
  smile: 'happy 笑顔 えがお',
  sad: 'unhappy 悲しい かなしい',
  cheeky: 'tongue 舌 べー',
  laugh: 'grin 笑い わらい',
  wink: 'ウインク',
  'thumbs-up': 'yes good like 賛成 いいね',
  'thumbs-down': 'no bad 反対',
  information: 'info 情報',
  tick: 'check done 完了 チェック',
  cross: 'wrong error ばつ 誤り',
  warning: 'caution 警告 注意',
  plus: 'add 追加 プラス',
  minus: 'remove 削除 マイナス',
  question: 'help 質問 はてな',
  'light-on': 'idea bulb 電球 ひらめき',
  'light-off': 'dark 消灯',
  'yellow-star': 'star 星 黄',
  'red-star': 'star 星 赤',
  'green-star': 'star 星 緑',
  'blue-star': 'star 星 青',
  heart: 'love ハート 好き',
  'broken-heart': '失恋 ハート',
};

/** Character, short name, words. */
const characters = `
😀 grinning happy にっこり 笑顔
😂 joy laugh tears 爆笑 うれし泣き
😅 sweat_smile relief 苦笑 汗
😊 blush smile 照れ 笑顔
😍 heart_eyes love 目がハート
😎 sunglasses cool サングラス
🤔 thinking hmm 考える うーん
😐 neutral_face 無表情
😮 open_mouth surprise 驚き
😢 cry tear 泣く 涙
😭 sob cry 号泣
😡 rage angry 怒り
😱 scream fear 叫び
😴 sleeping tired 睡眠 眠い
🤯 exploding_head mind blown 衝撃
🤗 hugging hug ハグ
🙄 rolling_eyes 呆れ
😇 innocent angel 天使
🥳 partying_face party お祝い パーティー
🤝 handshake deal 握手
👋 wave hello bye 手を振る こんにちは
👏 clap applause 拍手
🙏 pray please thanks お願い ありがとう
🙌 raised_hands hooray 万歳 ばんざい
💪 muscle strong 力こぶ がんばる
👀 eyes look 目 見る
👉 point_right 指 右
👌 ok_hand okay オーケー
✌️ v peace ピース
🤞 crossed_fingers luck 幸運
🙇 bow sorry お辞儀 すみません
🎉 tada party celebrate クラッカー お祝い
🎊 confetti_ball celebrate くす玉
🎁 gift present 贈り物
🎂 birthday cake 誕生日 ケーキ
🏆 trophy win 優勝 トロフィー
🥇 first_place gold medal 金メダル
🎯 dart target goal 目標 的
🚀 rocket launch ship ロケット リリース
🔥 fire hot 火 炎上
✨ sparkles new きらきら
💯 100 perfect 満点
⚡ zap fast lightning 稲妻 高速
💥 boom crash 爆発
🐛 bug error 虫 バグ
🐢 turtle slow 亀 遅い
🦄 unicorn ユニコーン
🐱 cat 猫
🐶 dog 犬
🌱 seedling grow 芽 成長
🌸 cherry_blossom flower 桜
🌈 rainbow 虹
☀️ sunny sun 晴れ 太陽
☁️ cloud 雲 クラウド
☔ umbrella rain 雨 傘
⛄ snowman 雪だるま
🌍 earth world 地球 世界
☕ coffee break コーヒー 休憩
🍵 tea お茶
🍺 beer ビール 乾杯
🍕 pizza ピザ
🍣 sushi 寿司
🍙 rice_ball おにぎり
🍎 apple りんご
🚧 construction wip 工事中 作業中
🚨 rotating_light alarm incident 警報 障害
🚦 traffic_light signal 信号
🛑 stop_sign stop 停止
⛔ no_entry forbidden 禁止
🔒 lock secure 鍵 ロック
🔓 unlock open 解錠
🔑 key secret 鍵 キー
🛡️ shield security 盾 セキュリティ
🔧 wrench fix tool 工具 修理
🔨 hammer build 金槌 ビルド
⚙️ gear settings 歯車 設定
🧪 test_tube test experiment 試験管 テスト
🔬 microscope science 顕微鏡 調査
🔍 mag search 虫眼鏡 検索
🔗 link chain リンク
📌 pushpin pin 画鋲 ピン
📎 paperclip attachment クリップ 添付
📝 memo note write メモ 記録
📄 page_facing_up document 文書 ページ
📁 file_folder folder フォルダー
📚 books documentation 本 資料
📖 book read 本 読む
📊 bar_chart statistics グラフ 統計
📈 chart_up growth 上昇 成長
📉 chart_down loss 下降
📅 calendar date カレンダー 日付
⏰ alarm_clock time 時計 時刻
⏳ hourglass wait 砂時計 待つ
📣 mega announce 告知 お知らせ
💬 speech_balloon comment 吹き出し コメント
📧 email mail メール
📞 telephone call 電話
💻 computer laptop パソコン
🖥️ desktop_computer screen 画面
📱 phone mobile 携帯 スマホ
🗄️ file_cabinet storage database 保管
💾 floppy_disk save 保存
☑️ ballot_box checkbox チェックボックス
🔴 red_circle red 赤 丸
🟠 orange_circle orange 橙 丸
🟡 yellow_circle yellow 黄 丸
🟢 green_circle green 緑 丸
🔵 blue_circle blue 青 丸
🟣 purple_circle purple 紫 丸
⚪ white_circle white 白 丸
⚫ black_circle black 黒 丸
➡️ arrow_right right 右矢印
⬅️ arrow_left left 左矢印
⬆️ arrow_up up 上矢印
⬇️ arrow_down down 下矢印
🔄 arrows_circle refresh sync 更新 同期
❗ exclamation important 重要 びっくり
♻️ recycle reuse リサイクル 再利用
🆕 new 新しい
🆗 ok よし
🏠 house home 家
🏢 office company 会社
✈️ airplane travel 飛行機 出張
🚗 car drive 車
👥 people team 人々 チーム
👤 person user 人 ユーザー
🧑‍💻 technologist developer 開発者
💰 money budget お金 予算
🎵 music song 音楽
📷 camera photo カメラ 写真
🎨 art design 絵 デザイン
`;

const emoticons: readonly Emoji[] = Object.entries(emoticonCharacters).map(([name, character]) => ({
  character,
  name,
  isEmoticon: true,
  words: emoticonWords[name] ?? '',
}));
const others: readonly Emoji[] = characters
  .trim()
  .split('\n')
  .map((line) => {
    const [character = '', name = '', ...words] = line.split(' ');
    return { character, name, isEmoticon: false, words: words.join(' ') };
  });
export const emoji: readonly Emoji[] = [...emoticons, ...others];

/** What an emoji is called: in Japanese by its first Japanese word. */
export function emojiLabel({ name, words }: Emoji, language: 'en' | 'ja'): string {
  const own = language === 'ja' ? words.split(' ').find((word) => !/^[\w-]/.test(word)) : undefined;
  return own ?? name.replaceAll('_', ' ');
}

/** Those that all words fit; those whose name begins so come first. */
export function emojiFor(words: string): readonly Emoji[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ name, words: own }: Emoji) => wanted.every((word) => `${name} ${own}`.toLowerCase().includes(word));
  const isFirst = ({ name }: Emoji) => name.startsWith(wanted[0] ?? '');
  return emoji.filter(fits).sort((left, right) => Number(isFirst(right)) - Number(isFirst(left)));
}

/** What Cloud calls an emoji: its code points, without the sign that asks for colour. */
const codePointsOf = (character: string): string =>
  [...character]
    .map((each) => (each.codePointAt(0) ?? 0).toString(16))
    .filter((code) => code !== 'fe0f')
    .join('-');

/** An emoji in storage format. One that Confluence has no emoticon for is written as Cloud does it, for readers who know neither. */
export const emojiElement = ({ character, name, isEmoticon }: Emoji): StorageElement =>
  isEmoticon
    ? element('ac:emoticon', { 'ac:name': name })
    : element('ac:emoticon', {
        'ac:name': 'blue-star',
        'ac:emoji-shortname': `:${name}:`,
        'ac:emoji-id': codePointsOf(character),
        'ac:emoji-fallback': character,
      });

/** Scripts that write without spaces between words. */
const cjkRun = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+/gu;

const bigramsOf = (run: string): string[] => {
  const characters = Array.from(run);
  if (characters.length === 1) return characters;
  return characters.slice(0, -1).map((character, index) => character + (characters[index + 1] ?? ''));
};

/** Text in which runs of Chinese and Japanese are overlapping pairs of characters: so any part of two or more is found. */
export const withBigrams = (text: string): string => text.replaceAll(cjkRun, (run) => ` ${bigramsOf(run).join(' ')} `);

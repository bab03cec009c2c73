import { attributeOf } from '../../document.js';
import { hasMessage } from '../../messages/message.js';
import { escapeHtml, tag } from '../html.js';
import type { ElementRenderer } from './element.js';

const CHARACTERS: Readonly<Record<string, string>> = {
  smile: '🙂',
  sad: '🙁',
  cheeky: '😛',
  laugh: '😀',
  wink: '😉',
  'thumbs-up': '👍',
  'thumbs-down': '👎',
  information: 'ℹ️',
  tick: '✅',
  cross: '❌',
  warning: '⚠️',
  plus: '➕',
  minus: '➖',
  question: '❓',
  'light-on': '💡',
  'light-off': '🌑',
  'yellow-star': '⭐',
  'red-star': '★',
  'green-star': '★',
  'blue-star': '★',
  heart: '❤️',
  'broken-heart': '💔',
};

/** An emoticon as a character: it needs no image, and its class colours the stars. */
export const renderEmoticon: ElementRenderer = (element, scope) => {
  const name = attributeOf(element, 'ac:name') ?? '';
  const shortname = attributeOf(element, 'ac:emoji-shortname');
  const key = `emoticon.${name}`;
  const label = hasMessage(key) ? scope.message(key) : (shortname ?? name);
  const character =
    attributeOf(element, 'ac:emoji-fallback') ?? (Object.hasOwn(CHARACTERS, name) ? CHARACTERS[name] : undefined);
  const attributes = {
    class: `emoticon emoticon-${name}`,
    'data-emoticon-name': name,
    'data-emoji-id': attributeOf(element, 'ac:emoji-id'),
    'data-emoji-short-name': shortname,
    role: 'img',
    'aria-label': label,
    title: label,
  };
  return tag('span', attributes, escapeHtml(character ?? shortname ?? `(${name})`));
};

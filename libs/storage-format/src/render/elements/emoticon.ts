import { attributeOf } from '../../document.js';
import { hasMessage } from '../../messages/message.js';
import { emoticonCharacters } from '../../emoticons.js';
import { escapeHtml, tag } from '../html.js';
import type { ElementRenderer } from './element.js';

/** An emoticon as a character: it needs no image, and its class colours the stars. */
export const renderEmoticon: ElementRenderer = (element, scope) => {
  const name = attributeOf(element, 'ac:name') ?? '';
  const shortname = attributeOf(element, 'ac:emoji-shortname');
  const key = `emoticon.${name}`;
  // An emoji without an emoticon of its own carries the name of any: it is called by its short name.
  const isOther = name === 'blue-star' && shortname !== undefined && shortname !== ':blue-star:';
  const label =
    hasMessage(key) && !isOther
      ? scope.message(key)
      : (shortname ?? name).replaceAll(/^:|:$/g, '').replaceAll('_', ' ');
  const character =
    attributeOf(element, 'ac:emoji-fallback') ??
    (Object.hasOwn(emoticonCharacters, name) ? emoticonCharacters[name] : undefined);
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

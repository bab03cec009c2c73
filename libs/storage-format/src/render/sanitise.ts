import sanitizeHtml from 'sanitize-html';
import { ALLOWED_ELEMENTS, FIELD_ELEMENTS } from './allowed.js';

const LENGTH = /^-?\d+(?:\.\d+)?(?:px|em|rem|pt|%)?$/;
const LENGTHS = /^(?:-?\d+(?:\.\d+)?(?:px|em|rem|pt|%)?|auto)(?: (?:-?\d+(?:\.\d+)?(?:px|em|rem|pt|%)?|auto)){0,3}$/;
const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,24}|(?:rgb|hsl)a?\([\d.,%\s/]{3,48}\)|var\(--[a-z0-9-]{1,64}\))$/i;
const BORDER_STYLE = /^(?:none|hidden|solid|dashed|dotted|double|groove|ridge|inset|outset)$/;
const WORD = /^[a-z-]{2,24}$/;

/** The properties that pages and macros use; nothing that positions, covers, animates or loads. */
const STYLES: Record<string, RegExp[]> = {
  ...Object.fromEntries(
    ['color', 'background-color', 'border-color', 'border-bottom-color'].map((name) => [name, [COLOUR]]),
  ),
  ...Object.fromEntries(['border-style', 'border-bottom-style'].map((name) => [name, [BORDER_STYLE]])),
  ...Object.fromEntries(
    [
      'width',
      'min-width',
      'max-width',
      'height',
      'border-width',
      'border-bottom-width',
      'font-size',
      'line-height',
      'text-indent',
    ].map((name) => [name, [LENGTH, /^auto$/]]),
  ),
  ...Object.fromEntries(
    [
      'margin',
      'margin-left',
      'margin-right',
      'margin-top',
      'margin-bottom',
      'padding',
      'padding-left',
      'padding-right',
    ].map((name) => [name, [LENGTHS]]),
  ),
  ...Object.fromEntries(
    [
      'text-align',
      'vertical-align',
      'font-style',
      'float',
      'clear',
      'list-style',
      'list-style-type',
      'white-space',
      'display',
    ].map((name) => [name, [WORD]]),
  ),
  'font-weight': [/^(?:[a-z]{4,7}|[1-9]00)$/],
  'text-decoration': [/^[a-z -]{4,40}$/],
};

/** The published types lack an option: attributes that are kept though they are empty. */
const OPTIONS: sanitizeHtml.IOptions & { readonly allowedEmptyAttributes: string[] } = {
  allowedTags: [...ALLOWED_ELEMENTS, ...FIELD_ELEMENTS],
  allowedAttributes: {
    '*': ['class', 'id', 'title', 'lang', 'dir', 'style', 'data-*', 'aria-*', 'role'],
    a: ['href', 'rel', 'target', 'name'],
    img: ['src', 'alt', 'width', 'height', 'border', 'align', 'hspace', 'vspace', 'loading'],
    time: ['datetime'],
    input: [{ name: 'type', values: ['text'] }, 'name'],
    textarea: ['name', 'rows', 'cols'],
    select: ['name'],
    option: ['value'],
    ol: ['start', 'type'],
    li: ['value'],
    col: ['span', 'width'],
    colgroup: ['span'],
    th: ['colspan', 'rowspan', 'scope', 'align', 'valign', 'width'],
    td: ['colspan', 'rowspan', 'align', 'valign', 'width'],
  },
  allowedStyles: { '*': STYLES },
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'ftp', 'ftps', 'news', 'irc', 'ssh', 'git', 'file', 'sip', 'xmpp'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: true,
  allowedEmptyAttributes: ['alt', 'value'],
  disallowedTagsMode: 'discard',
};

/** HTML without anything that runs, loads code or posts: an allow-list of elements, attributes, schemes and style properties. */
export function sanitise(html: string): string {
  return sanitizeHtml(html, OPTIONS);
}

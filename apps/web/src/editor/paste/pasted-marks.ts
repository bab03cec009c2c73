import { hasClass, style, attribute, type HtmlElement } from './html-tree';
import type { PastedMark, PastedMarks } from './pasted-line';

const markByElement: Readonly<Record<string, PastedMark>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  cite: 'em',
  dfn: 'em',
  var: 'em',
  u: 'u',
  ins: 'u',
  s: 's',
  del: 's',
  strike: 's',
  sub: 'sub',
  sup: 'sup',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
};

const monospace = /mono|courier|consolas|menlo|monaco|fira code|jetbrains|source code/;
const address = /^(?:https?|ftp|mailto|tel):/i;

/** What an element says about the text in it, by its name and by its style; all other styles are left out. */
export function marksOf(element: HtmlElement, around: PastedMarks): PastedMarks {
  const marks: Record<string, string> = { ...around };
  const mark = markByElement[element.name];
  if (mark !== undefined) marks[mark] = '';
  const href = element.name === 'a' ? attribute(element, 'href').trim() : '';
  // A place in the document that it came from is none here.
  if (address.test(href)) marks['a'] = href;
  byStyle(element, marks);
  if (marks['a'] !== undefined) delete marks['u'];
  return marks;
}

function byStyle(element: HtmlElement, marks: Record<string, string>): void {
  const set = (name: PastedMark, isSet: boolean, isUnset: boolean) => {
    if (isSet) marks[name] = '';
    else if (isUnset) delete marks[name];
  };
  const weight = style(element, 'font-weight');
  set('strong', weight.startsWith('bold') || Number(weight) >= 600, weight === 'normal' || Number(weight || 600) < 600);
  const slant = style(element, 'font-style');
  set('em', slant === 'italic' || slant === 'oblique', slant === 'normal');
  const decoration = `${style(element, 'text-decoration')} ${style(element, 'text-decoration-line')}`;
  set('s', decoration.includes('line-through'), false);
  set('u', decoration.includes('underline') && element.name !== 'a', false);
  const raised = style(element, 'vertical-align');
  set('sup', raised === 'super', raised === 'baseline');
  set('sub', raised === 'sub', raised === 'baseline');
  if (element.name === 'span' || element.name === 'font')
    set('code', monospace.test(style(element, 'font-family') || attribute(element, 'face').toLowerCase()), false);
  // Atlassian's and GitHub's own ways of saying code.
  if (hasClass(element, 'code') && element.name === 'span') marks['code'] = '';
}

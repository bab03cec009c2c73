import type { Command } from 'prosemirror-state';
import type { MessageKey } from '../messages/language';
import { setHeading, toggleList, toggleQuote } from './commands';
import { browseMacros, chooseEmoji } from './elements/element-dialogs';
import {
  insertCode,
  insertDate,
  insertLayout,
  insertPanel,
  insertRule,
  insertStatus,
  insertTable,
  insertTaskList,
} from './insertions';

/** Asks for a person as whoever types the sign does. */
const typeMention: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const isBehindWord = /\w$/.test($from.parent.textBetween(0, $from.parentOffset));
  dispatch?.(state.tr.insertText(isBehindWord ? ' @' : '@').scrollIntoView());
  return true;
};

/** Something that can be put into a page, by the slash menu and the toolbar's menu. `words` find it in any language. */
export interface Insertion {
  readonly key: MessageKey;
  readonly words: string;
  readonly run: Command;
  /** The macro that it is, which isn't offered twice. */
  readonly macro?: string;
}

export const insertions: readonly Insertion[] = [
  { key: 'editor.heading1', words: 'h1 heading 1', run: setHeading(1) },
  { key: 'editor.heading2', words: 'h2 heading 2', run: setHeading(2) },
  { key: 'editor.heading3', words: 'h3 heading 3', run: setHeading(3) },
  { key: 'editor.bulletList', words: 'bullet list ul', run: toggleList('bullet_list') },
  { key: 'editor.numberedList', words: 'numbered list ol', run: toggleList('ordered_list') },
  { key: 'editor.taskList', words: 'task action todo', run: insertTaskList },
  { key: 'editor.table', words: 'table', run: insertTable },
  { key: 'editor.code', words: 'code', run: insertCode, macro: 'code' },
  { key: 'editor.quote', words: 'quote', run: toggleQuote },
  { key: 'editor.info', words: 'info panel', run: insertPanel('info'), macro: 'info' },
  { key: 'editor.note', words: 'note panel', run: insertPanel('note'), macro: 'note' },
  { key: 'editor.warning', words: 'warning panel', run: insertPanel('warning'), macro: 'warning' },
  { key: 'editor.tip', words: 'tip panel', run: insertPanel('tip'), macro: 'tip' },
  { key: 'editor.panel', words: 'panel', run: insertPanel('panel'), macro: 'panel' },
  { key: 'editor.expand', words: 'expand', run: insertPanel('expand'), macro: 'expand' },
  { key: 'editor.status', words: 'status lozenge', run: insertStatus, macro: 'status' },
  { key: 'editor.date', words: 'date today', run: insertDate },
  { key: 'element.emoji', words: 'emoji emoticon smile', run: chooseEmoji },
  { key: 'element.mention', words: 'mention person user @', run: typeMention },
  { key: 'editor.layout', words: 'layout columns two', run: insertLayout('two_equal') },
  { key: 'editor.layout.three', words: 'layout columns three', run: insertLayout('three_equal') },
  { key: 'editor.layout.sidebar', words: 'layout columns sidebar', run: insertLayout('two_right_sidebar') },
  { key: 'element.macro', words: 'macro', run: browseMacros },
  { key: 'editor.rule', words: 'rule line divider', run: insertRule },
];

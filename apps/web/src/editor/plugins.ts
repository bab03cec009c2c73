import { markType, nodeType, type MarkName } from '@tributary/editor-document';
import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history, redo, undo } from 'prosemirror-history';
import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { Command, Plugin } from 'prosemirror-state';
import { columnResizing, goToNextCell, tableEditing } from 'prosemirror-tables';
import { inText, type TextShortcut } from '../shortcuts/shortcuts';
import { insertBreak, liftItem, setHeading, sinkItem, splitItem, toggleList, toggleMark } from './commands';
import { editProperties, elementDialogs } from './elements/element-dialogs';
import { insertRule } from './insertions';

/** Text between Markdown's signs gets a mark, when the closing sign is typed. */
const markRule = (pattern: RegExp, name: MarkName): InputRule =>
  new InputRule(pattern, (state, [whole, before = '', text = ''], start, end) => {
    if (text === '' || state.selection.$from.parent.type.spec.code) return null;
    const sign = (whole.length - before.length - text.length) / 2;
    const from = start + before.length;
    const mark = markType(name);
    // The last sign is being typed: it isn't in the document yet.
    const marked = state.tr.delete(from + sign + text.length, end).delete(from, from + sign);
    return marked.addMark(from, from + text.length, mark.create()).removeStoredMark(mark);
  });

const taskRule = new InputRule(/^\[([ x]?)\]\s$/, (state, [, sign], start, end) => {
  const cleared = state.apply(state.tr.delete(start, end));
  let wrapped: typeof state.tr | null = null;
  toggleList('task_list')(cleared, (transaction) => (wrapped = transaction));
  if (wrapped === null) return null;
  const transaction = state.tr.delete(start, end);
  for (const step of (wrapped as typeof transaction).steps) transaction.step(step);
  const { $from } = transaction.selection;
  if (sign === 'x') transaction.setNodeAttribute($from.before(-1), 'checked', true);
  return transaction;
});

const ruleRule = new InputRule(/^---$/, (state, _match, start, end) => {
  const { $from } = state.selection;
  if ($from.parent.type.name !== 'paragraph') return null;
  return state.tr.delete(start, end).insert($from.before(), nodeType('rule').create());
});

const markdown = inputRules({
  rules: [
    textblockTypeInputRule(/^(#{1,6})\s$/, nodeType('heading'), ([, signs = '']) => ({ level: signs.length })),
    wrappingInputRule(/^\s*[-*]\s$/, nodeType('bullet_list')),
    wrappingInputRule(/^1[.)]\s$/, nodeType('ordered_list')),
    wrappingInputRule(/^\s*>\s$/, nodeType('blockquote')),
    textblockTypeInputRule(/^```$/, nodeType('plain_macro')),
    taskRule,
    ruleRule,
    markRule(/()\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, 'strong'),
    markRule(/(^|[^*])\*([^*\s](?:[^*]*[^*\s])?)\*$/, 'em'),
    markRule(/(^|\W)_([^_\s](?:[^_]*[^_\s])?)_$/, 'em'),
    markRule(/()~~([^~]+)~~$/, 'strike'),
    markRule(/()`([^`]+)`$/, 'code'),
  ],
});

/** What the keys of the sheet of shortcuts do in the text. */
const commands: Record<TextShortcut, Command> = {
  undo,
  redo,
  bold: toggleMark('strong'),
  italic: toggleMark('em'),
  underline: toggleMark('underline'),
  strike: toggleMark('strike'),
  mono: toggleMark('code'),
  paragraph: setHeading(0),
  heading1: setHeading(1),
  heading2: setHeading(2),
  heading3: setHeading(3),
  bulletList: toggleList('bullet_list'),
  numberedList: toggleList('ordered_list'),
  rule: insertRule,
  lineBreak: chainCommands(exitCode, insertBreak),
  deeper: chainCommands(goToNextCell(1), sinkItem),
  higher: chainCommands(goToNextCell(-1), liftItem),
  properties: editProperties,
};

const keys: Record<string, Command> = {
  ...Object.fromEntries(
    (Object.keys(commands) as TextShortcut[]).flatMap((name) =>
      inText[name].keys.map((key) => [key, commands[name]] as const),
    ),
  ),
  ...Object.fromEntries([4, 5, 6].map((level) => [`Mod-Alt-${level}`, setHeading(level)])),
  Backspace: undoInputRule,
  Enter: splitItem,
};

/** What the editor does by itself; `own` come first. */
export const pluginsOf = (own: readonly Plugin[]): Plugin[] => [
  ...own,
  elementDialogs,
  markdown,
  keymap(keys),
  keymap(baseKeymap),
  history(),
  columnResizing({ defaultCellMinWidth: 48 }),
  tableEditing(),
  dropCursor({ color: 'var(--accent)', width: 2 }),
  gapCursor(),
];

import type { MessageKey } from '../messages/language';

interface Shortcut {
  /** As the editor's keymap writes it: `Mod` is Ctrl, and Command on a Mac. */
  readonly keys: readonly string[];
  readonly label: MessageKey;
}

const shortcut = (label: MessageKey, ...keys: string[]): Shortcut => ({ label, keys });

/** Keys on every screen. */
export const anywhere = {
  search: shortcut('search.open', 'Mod-k'),
  create: shortcut('create.open', 'c'),
  shortcuts: shortcut('shortcuts.title', '?', 'Mod-/'),
};

/** Keys on the screen of a page. */
export const whileReading = {
  inlineComment: shortcut('shortcuts.inlineComment', 'Mod-Alt-m'),
  sendComment: shortcut('shortcuts.sendComment', 'Mod-Enter'),
  sideways: shortcut('shortcuts.moveAmong', 'Alt-Shift-ArrowUp', 'Alt-Shift-ArrowDown'),
  deeper: shortcut('shortcuts.moveInto', 'Alt-Shift-ArrowRight'),
  higher: shortcut('shortcuts.moveOut', 'Alt-Shift-ArrowLeft'),
};

/** Keys on the screen of the editor, wherever the cursor is on it. */
export const whileWriting = {
  publish: shortcut('editor.publish', 'Mod-s', 'Mod-Enter'),
  find: shortcut('find.title', 'Mod-f', 'Mod-h'),
  toolbar: shortcut('shortcuts.toolbar', 'Alt-F10'),
  link: shortcut('editor.link', 'Mod-k'),
  plainPaste: shortcut('shortcuts.plainPaste', 'Mod-Shift-v'),
};

/** Keys in the text; each is a command of the editor's. */
export const inText = {
  undo: shortcut('editor.undo', 'Mod-z'),
  redo: shortcut('editor.redo', 'Mod-y', 'Mod-Shift-z'),
  bold: shortcut('editor.bold', 'Mod-b'),
  italic: shortcut('editor.italic', 'Mod-i'),
  underline: shortcut('editor.underline', 'Mod-u'),
  strike: shortcut('editor.strike', 'Mod-Shift-s'),
  mono: shortcut('editor.mono', 'Mod-Shift-m'),
  paragraph: shortcut('editor.paragraph', 'Mod-Alt-0'),
  heading1: shortcut('editor.heading1', 'Mod-Alt-1'),
  heading2: shortcut('editor.heading2', 'Mod-Alt-2'),
  heading3: shortcut('editor.heading3', 'Mod-Alt-3'),
  bulletList: shortcut('editor.bulletList', 'Mod-Shift-8'),
  numberedList: shortcut('editor.numberedList', 'Mod-Shift-7'),
  rule: shortcut('editor.rule', 'Mod-_'),
  lineBreak: shortcut('shortcuts.lineBreak', 'Shift-Enter'),
  deeper: shortcut('shortcuts.deeper', 'Tab'),
  higher: shortcut('shortcuts.higher', 'Shift-Tab'),
  properties: shortcut('shortcuts.properties', 'Alt-Enter'),
};

export type TextShortcut = keyof typeof inText;

/** What is typed in the text to make something of it. */
export const typed: readonly Shortcut[] = [
  shortcut('editor.insert', '/'),
  shortcut('shortcuts.mention', '@'),
  shortcut('shortcuts.emoji', ':'),
  shortcut('editor.heading1', '# '),
  shortcut('editor.bulletList', '- '),
  shortcut('editor.numberedList', '1. '),
  shortcut('editor.taskList', '[] '),
  shortcut('editor.quote', '> '),
  shortcut('editor.code', '```'),
  shortcut('editor.rule', '---'),
  shortcut('editor.bold', '**…**'),
  shortcut('editor.italic', '*…*'),
  shortcut('editor.mono', '`…`'),
];

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

const arrows = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** A key combination as the keyboard says it, key by key. */
export function keyNames(keys: string): string[] {
  const names: Record<string, string> = isMac()
    ? { ...arrows, Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '⏎' }
    : { ...arrows, Mod: 'Ctrl', _: '_' };
  return keys.split(/-(?!$)/).map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

const off = 'tributary.singleKeys';
/** Who speaks to the computer, or holds keys by accident, can do without keys that act alone. */
export const actsAlone = {
  get: (): boolean => localStorage.getItem(off) !== 'off',
  set: (acts: boolean): void => (acts ? localStorage.removeItem(off) : localStorage.setItem(off, 'off')),
};

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null;

/** Whether something is open over the page, which keys are meant for then. */
export const isDialogOpen = (): boolean => document.querySelector('[role=dialog]') !== null;

/** Whether a key was pressed alone, to do what it does: not while something is typed, and not in a dialog. */
export const isPressedAlone = (event: KeyboardEvent, key: string): boolean =>
  event.key === key &&
  !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) &&
  !isField(event.target) &&
  !isDialogOpen() &&
  actsAlone.get();

import {
  Bold,
  Code,
  Image,
  Italic,
  Link as LinkIcon,
  List,
  ListChecks,
  ListOrdered,
  Palette,
  Redo2,
  Strikethrough,
  Table,
  Underline,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import { redo, undo } from 'prosemirror-history';
import type { Command, EditorState } from 'prosemirror-state';
import { isInTable } from 'prosemirror-tables';
import { useRef, type KeyboardEvent } from 'react';
import type { MarkName } from '@tributary/editor-document';
import { useTexts, type MessageKey } from '../messages/language';
import { insertions } from './blocks';
import { around, headingLevel, isMarked, setHeading, toggleList, toggleMark } from './commands';
import type { EditorSurface } from './editor-surface';
import { chooseColour, openTableMenu } from './elements/element-dialogs';
import { textColourHere } from './elements/text-colours';
import { insertTable } from './insertions';
import { useEditorState } from './use-surface';

interface Tool {
  readonly key: MessageKey;
  readonly icon: LucideIcon;
  readonly run: Command;
  readonly isOn?: (state: EditorState) => boolean;
}

const mark = (key: MessageKey, icon: LucideIcon, name: MarkName): Tool => ({
  key,
  icon,
  run: toggleMark(name),
  isOn: (state) => isMarked(state, name),
});
const list = (key: MessageKey, icon: LucideIcon, name: 'bullet_list' | 'ordered_list' | 'task_list'): Tool => ({
  key,
  icon,
  run: toggleList(name),
  isOn: (state) => around(state, 'bullet_list', 'ordered_list', 'task_list') === name,
});

const tools: readonly Tool[] = [
  { key: 'editor.undo', icon: Undo2, run: undo },
  { key: 'editor.redo', icon: Redo2, run: redo },
  mark('editor.bold', Bold, 'strong'),
  mark('editor.italic', Italic, 'em'),
  mark('editor.underline', Underline, 'underline'),
  mark('editor.strike', Strikethrough, 'strike'),
  mark('editor.mono', Code, 'code'),
  { key: 'element.textColour', icon: Palette, run: chooseColour, isOn: (state) => textColourHere(state) !== undefined },
  list('editor.bulletList', List, 'bullet_list'),
  list('editor.numberedList', ListOrdered, 'ordered_list'),
  list('editor.taskList', ListChecks, 'task_list'),
  { key: 'editor.table', icon: Table, run: insertTable },
];

const levels = [1, 2, 3, 4, 5, 6] as const;

interface Props {
  readonly surface: EditorSurface;
  onLink(): void;
  /** Undefined where files can't be attached yet. */
  readonly onFiles: ((files: readonly File[]) => void) | undefined;
}

/** All of a state that the toolbar shows. */
const shownOf = (state: EditorState): string =>
  [headingLevel(state), isInTable(state), isMarked(state, 'link'), ...tools.map(({ isOn }) => isOn?.(state))].join();

/** One stop of the Tab key; arrows go from tool to tool, Escape goes back to the text. */
export function Toolbar({ surface, onLink, onFiles }: Props) {
  const { text } = useTexts();
  const state = useEditorState(surface, shownOf);
  const bar = useRef<HTMLDivElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape') surface.view.focus();
    const stops = [...(bar.current?.querySelectorAll<HTMLElement>('button:enabled, select') ?? [])];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const place = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const next = place === undefined ? undefined : stops.at(place % stops.length);
    if (next === undefined) return;
    event.preventDefault();
    for (const stop of stops) stop.tabIndex = stop === next ? 0 : -1;
    next.focus();
  };
  const button = (key: MessageKey, Icon: LucideIcon, onClick: () => void, isOn?: boolean, isFirst = false) => (
    <button
      key={key}
      type="button"
      className="tool"
      tabIndex={isFirst ? 0 : -1}
      title={text(key)}
      aria-label={text(key)}
      aria-pressed={isOn}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      <Icon size={17} aria-hidden />
    </button>
  );
  const level = headingLevel(state);
  return (
    <div ref={bar} className="editor-toolbar" role="toolbar" aria-label={text('editor.toolbar')} onKeyDown={move}>
      <select
        tabIndex={0}
        aria-label={text('editor.style')}
        value={level ?? ''}
        onChange={({ target }) => surface.run(setHeading(Number(target.value)))}
      >
        {level === undefined && <option value="">—</option>}
        <option value={0}>{text('editor.paragraph')}</option>
        {levels.map((each) => (
          <option key={each} value={each}>
            {text('editor.heading', { level: each })}
          </option>
        ))}
      </select>
      {tools.map((tool) => button(tool.key, tool.icon, () => surface.run(tool.run), tool.isOn?.(state)))}
      {button('editor.link', LinkIcon, onLink, isMarked(state, 'link'))}
      {onFiles && button('editor.files', Image, () => file.current?.click())}
      <input
        ref={file}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles?.([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <select
        tabIndex={-1}
        aria-label={text('editor.insert')}
        value=""
        onChange={({ target }) => {
          const chosen = insertions.find((each) => each.key === target.value);
          if (chosen) surface.run(chosen.run);
        }}
      >
        <option value="">{text('editor.insert')}</option>
        {insertions.map((each) => (
          <option key={each.key} value={each.key}>
            {text(each.key)}
          </option>
        ))}
      </select>
      {isInTable(state) && (
        <button
          type="button"
          className="tool wide"
          tabIndex={-1}
          aria-haspopup="menu"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => surface.run(openTableMenu)}
        >
          {text('table.tool')}
        </button>
      )}
    </div>
  );
}

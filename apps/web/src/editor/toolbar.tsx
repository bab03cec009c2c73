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
  Subscript,
  Superscript,
  Table,
  Underline,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import { redo, undo } from 'prosemirror-history';
import type { Command, EditorState } from 'prosemirror-state';
import { isInTable } from 'prosemirror-tables';
import { useRef, type KeyboardEvent } from 'react';
import { Toolbar as AriaToolbar } from 'react-aria-components/Toolbar';
import type { MarkName } from '@tributary/editor-document';
import { ToolButton } from '../frame/tool-button';
import { useTexts, type MessageKey } from '../messages/language';
import { insertions } from './blocks';
import { around, headingLevel, isMarked, setHeading, toggleList, toggleMark } from './commands';
import type { EditorSurface } from './editor-surface';
import { chooseColour, openTableMenu } from './elements/element-dialogs';
import { textColourHere } from './elements/text-colours';
import { insertTable } from './insertions';
import { MenuButton } from './menus/menu-button';
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
  mark('editor.subscript', Subscript, 'subscript'),
  mark('editor.superscript', Superscript, 'superscript'),
  { key: 'element.textColour', icon: Palette, run: chooseColour, isOn: (state) => textColourHere(state) !== undefined },
  list('editor.bulletList', List, 'bullet_list'),
  list('editor.numberedList', ListOrdered, 'ordered_list'),
  list('editor.taskList', ListChecks, 'task_list'),
  { key: 'editor.table', icon: Table, run: insertTable },
];

const levels = [0, 1, 2, 3, 4, 5, 6] as const;

interface Props {
  readonly surface: EditorSurface;
  onLink(): void;
  /** Undefined where files can't be attached yet. */
  readonly onFiles: ((files: readonly File[]) => void) | undefined;
}

/** All of a state that the toolbar shows. */
const shownOf = (state: EditorState): string =>
  [headingLevel(state), isInTable(state), isMarked(state, 'link'), ...tools.map(({ isOn }) => isOn?.(state))].join();

/** Leads back to the text by Escape, and to the first and the last tool. */
function leap(surface: EditorSurface, event: KeyboardEvent): void {
  if (event.key === 'Escape') surface.view.focus();
  const at = { Home: 0, End: -1 }[event.key];
  if (at === undefined) return;
  event.preventDefault();
  [...event.currentTarget.querySelectorAll('button')].at(at)?.focus();
}

/** One stop of the Tab key. */
export function Toolbar({ surface, onLink, onFiles }: Props) {
  const { text } = useTexts();
  const state = useEditorState(surface, shownOf);
  return (
    <div onKeyDown={(event) => leap(surface, event)}>
      <AriaToolbar className="editor-toolbar" aria-label={text('editor.toolbar')}>
        <StyleMenu surface={surface} level={headingLevel(state)} />
        {tools.map(({ key, icon, run, isOn }) => (
          <TextTool key={key} name={key} icon={icon} isOn={isOn?.(state)} act={() => surface.run(run)} />
        ))}
        <TextTool name="editor.link" icon={LinkIcon} isOn={isMarked(state, 'link')} act={onLink} />
        {onFiles && <FilesTool onFiles={onFiles} />}
        <InsertMenu surface={surface} />
        {isInTable(state) && (
          <button
            type="button"
            className="tool"
            aria-haspopup="menu"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => surface.run(openTableMenu)}
          >
            {text('table.tool')}
          </button>
        )}
      </AriaToolbar>
    </div>
  );
}

interface ToolProps {
  readonly name: MessageKey;
  readonly icon: LucideIcon;
  readonly isOn?: boolean | undefined;
  act(): void;
}

function TextTool({ name, icon: Icon, isOn, act }: ToolProps) {
  const { text } = useTexts();
  return (
    <ToolButton label={text(name)} aria-pressed={isOn} onMouseDown={(event) => event.preventDefault()} onClick={act}>
      <Icon size={17} aria-hidden />
    </ToolButton>
  );
}

function FilesTool({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <TextTool name="editor.files" icon={Image} act={() => file.current?.click()} />
      <input
        ref={file}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
    </>
  );
}

/** What kind of paragraph the cursor is in; undefined for what is none. */
function StyleMenu({ surface, level }: { surface: EditorSurface; level: number | undefined }) {
  const { text } = useTexts();
  const nameOf = (each: number) => (each === 0 ? text('editor.paragraph') : text('editor.heading', { level: each }));
  const shown = level === undefined ? '—' : nameOf(level);
  const choices = () =>
    levels.map((each) => ({
      key: String(each),
      label: nameOf(each),
      isChosen: each === level,
      isDisabled: !setHeading(each)(surface.state()) && each !== level,
      act: () => void surface.run(setHeading(each)),
    }));
  return <MenuButton label={text('editor.styleOf', { style: shown })} shown={shown} choices={choices} />;
}

function InsertMenu({ surface }: { surface: EditorSurface }) {
  const { text } = useTexts();
  const choices = () =>
    insertions.map(({ key, run }) => ({
      key,
      label: text(key),
      isDisabled: !run(surface.state()),
      act: () => void surface.run(run),
    }));
  return <MenuButton label={text('editor.insert')} shown={text('editor.insert')} choices={choices} />;
}

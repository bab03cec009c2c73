import { EditorState, Plugin, type Command } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import type { Node } from 'prosemirror-model';
import type { Texts } from '../messages/language';
import { nodeViewsOf } from './node-views';
import { pluginsOf } from './plugins';

/** Text behind a slash that the writer has just typed, and where it stands. */
export interface Slash {
  readonly words: string;
  readonly from: number;
  readonly to: number;
}

export interface SurfaceEvents {
  /** A key before the editor takes it; answers whether it was taken. */
  key(event: KeyboardEvent): boolean;
  files(files: readonly File[]): void;
  pageId(): string | undefined;
}

/** The place where a document is edited, and its state for what is drawn around it. */
export class EditorSurface {
  readonly view: EditorView;
  private readonly listeners = new Set<() => void>();

  constructor(place: HTMLElement, doc: Node, text: Texts['text'], events: SurfaceEvents) {
    const own = new Plugin({
      props: {
        handleKeyDown: (view, event) => !view.composing && events.key(event),
        handlePaste: (_view, event) => takeFiles(event.clipboardData, events),
        handleDrop: (_view, event) => takeFiles(event.dataTransfer, events),
      },
    });
    this.view = new EditorView(place, {
      state: EditorState.create({ doc, plugins: pluginsOf([own]) }),
      nodeViews: nodeViewsOf(text, events.pageId),
      attributes: {
        class: 'wiki-content editor-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': text('editor.text'),
      },
      dispatchTransaction: (transaction) => {
        this.view.updateState(this.view.state.apply(transaction));
        for (const listener of this.listeners) listener();
      },
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly state = (): EditorState => this.view.state;

  run(command: Command): boolean {
    const done = command(this.view.state, this.view.dispatch, this.view);
    this.view.focus();
    return done;
  }

  /** What is typed behind a slash, at the cursor. */
  slash(): Slash | undefined {
    const { $from, empty } = this.view.state.selection;
    if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return undefined;
    const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc');
    const found = /(?:^|\s)\/([^\s/]{0,20})$/.exec(before);
    if (found === null) return undefined;
    const words = found[1] ?? '';
    return { words: words.toLowerCase(), from: $from.pos - words.length - 1, to: $from.pos };
  }
}

function takeFiles(data: DataTransfer | null, events: SurfaceEvents): boolean {
  const files = [...(data?.files ?? [])];
  // A spreadsheet's cells come with a picture of them.
  if (files.length === 0 || data?.types.includes('text/html')) return false;
  events.files(files);
  return true;
}

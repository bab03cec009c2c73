import { closeHistory } from 'prosemirror-history';
import { search } from 'prosemirror-search';
import { EditorState, Plugin, type Command } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import type { Node } from 'prosemirror-model';
import type { Texts } from '../messages/language';
import { blockGroups } from './block-groups';
import { nodeViewsOf } from './node-views';
import { pastePlugin } from './paste/paste-plugin';
import { pluginsOf } from './plugins';
import { uploadPlaces } from './uploads/upload-places';
import type { Incoming } from './uploads/use-uploads';

export interface SurfaceEvents {
  /** A key before the editor takes it; answers whether it was taken. */
  key(event: KeyboardEvent): boolean;
  /** Files that were pasted or dropped. */
  files(files: readonly Incoming[]): void;
  pageId(): string | undefined;
  /** The writer changed the document. */
  changed(): void;
}

/** What stands still at the top and at the bottom of the screen covers text: the line with the cursor is kept clear of it, in pixels. */
const covered = { top: 130, right: 0, bottom: 120, left: 0 };

/** The place where a document is edited, and its state for what is drawn around it. */
export class EditorSurface {
  readonly view: EditorView;
  private readonly listeners = new Set<() => void>();

  constructor(place: HTMLElement, doc: Node, text: Texts['text'], events: SurfaceEvents) {
    const own = new Plugin({
      props: {
        handleKeyDown: (view, event) => !view.composing && events.key(event),
        handleDOMEvents: { focus: keepPlace },
      },
    });
    this.view = new EditorView(place, {
      state: EditorState.create({
        doc,
        plugins: pluginsOf([own, pastePlugin((files) => events.files(files)), uploadPlaces(), search(), blockGroups()]),
      }),
      nodeViews: nodeViewsOf(text, events.pageId),
      scrollThreshold: covered,
      scrollMargin: covered,
      attributes: {
        class: 'wiki-content editor-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': text('editor.text'),
      },
      dispatchTransaction: (transaction) => {
        // What is pasted is taken back by itself, without the words that were typed just before.
        if (transaction.getMeta('paste')) closeHistory(transaction);
        this.view.updateState(this.view.state.apply(transaction));
        for (const listener of this.listeners) listener();
        if (transaction.docChanged) events.changed();
      },
    });
    hideFromReact(this.view.dom);
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
}

/**
 * A closed dialog gives the focus back, and the browser then sets its cursor to the start of the text. ProseMirror mends that 20 ms later, too
 * late for a key that is pressed before; this does it at once. A pointer chooses its place after this event.
 */
function keepPlace(view: EditorView): boolean {
  view.focus();
  return false;
}

/**
 * The editor keeps its selection by itself. Where React sees a place with one, it notes the selection whenever anything is rendered, for which
 * it walks through the whole text; React asks this property, browsers and ProseMirror the attribute.
 */
function hideFromReact(dom: HTMLElement): void {
  Object.defineProperty(dom, 'contentEditable', { value: 'inherit', configurable: true });
}

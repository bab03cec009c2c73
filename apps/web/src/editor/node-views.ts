import type { Node } from 'prosemirror-model';
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view';
import type { Texts } from '../messages/language';
import { make } from './elements/drawing';
import { macroBox, macroLabel, propertiesButton } from './elements/macro-box';
import { placeholder } from './elements/placeholder';
import { dateView, emoticonView, imageView, promptView, referenceView, statusView } from './elements/small-views';

type Text = Texts['text'];

/** A box to tick before the task's text. */
function task(node: Node, view: EditorView, position: () => number | undefined, text: Text): NodeView {
  const dom = make('div', 'task');
  const box = document.createElement('input');
  box.type = 'checkbox';
  const contentDOM = make('div', 'task-body');
  const label = make('span', 'task-tick');
  label.contentEditable = 'false';
  label.append(box);
  dom.append(label, contentDOM);
  const show = (shown: Node) => {
    box.checked = shown.attrs['checked'] as boolean;
    box.setAttribute('aria-label', text(box.checked ? 'body.taskDone' : 'body.taskOpen'));
    return true;
  };
  show(node);
  box.addEventListener('change', () => {
    const at = position();
    if (at !== undefined) view.dispatch(view.state.tr.setNodeAttribute(at, 'checked', box.checked));
  });
  return {
    dom,
    contentDOM,
    update: (changed) => changed.type === node.type && show(changed),
    stopEvent: (event) => event.target === box,
    ignoreMutation: (mutation) => !contentDOM.contains(mutation.target),
  };
}

/** How nodes are drawn that HTML has no element for. `pageId` is whose files the images are. */
export function nodeViewsOf(text: Text, pageId: () => string | undefined): Record<string, NodeViewConstructor> {
  const kept: NodeViewConstructor = (node) => placeholder(node, text);
  return {
    block_macro: (node, view, position) =>
      placeholder(node, text, propertiesButton(macroLabel(node, text), view, position, text)),
    unknown_block: kept,
    inline_macro: kept,
    unknown_inline: (node) => promptView(node) ?? placeholder(node, text),
    image: (node, view, position) => imageView(node, view, position, text, pageId()),
    status: statusView,
    date: dateView,
    emoticon: emoticonView,
    reference: (node) => referenceView(node, text),
    task: (node, view, position) => task(node, view, position, text),
    rich_macro: (node, view, position) => macroBox(node, view, position, text),
    plain_macro: (node, view, position) => macroBox(node, view, position, text),
  };
}

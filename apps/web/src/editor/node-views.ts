import { elementOf, frameOf, slotOf } from '@tributary/editor-document';
import {
  attributeOf,
  charactersOf,
  childOf,
  isMacro,
  macroCallOf,
  type StorageElement,
} from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view';
import type { Texts } from '../messages/language';

type Text = Texts['text'];

function make(tag: string, className: string, text = ''): HTMLElement {
  const dom = document.createElement(tag);
  dom.className = className;
  dom.textContent = text;
  return dom;
}

const sourceElement = (node: Node): StorageElement | undefined => {
  const source = String(node.attrs['source']);
  return source.startsWith('<') && !source.startsWith('<!') && !source.startsWith('<?') ? elementOf(source) : undefined;
};
const parameter = (element: StorageElement, name: string): string => {
  const found = macroCallOf(element).parameters.get(name);
  return found === undefined ? '' : charactersOf(found);
};

/** What a placeholder says: the macro's name, or that of the element. */
function nameOf(element: StorageElement | undefined, text: Text): string {
  if (element === undefined) return text('editor.kept.note');
  if (isMacro(element)) return macroCallOf(element).name;
  return element.name;
}

/** A thing that is kept as it is: it can be selected, moved and deleted. */
function placeholder(node: Node, text: Text): NodeView {
  const element = sourceElement(node);
  const dom = make(node.isInline ? 'span' : 'div', `kept ${node.type.name}`);
  dom.append(make('span', 'kept-name', nameOf(element, text)));
  if (element && isMacro(element)) {
    const values = [...macroCallOf(element).parameters.values()].map((each) => charactersOf(each).trim());
    dom.append(make('span', 'kept-detail', values.filter(Boolean).join(', ').slice(0, 80)));
  } else if (node.isBlock) dom.append(make('span', 'kept-detail', text('editor.kept.text')));
  return { dom };
}

function image(node: Node, pageId: string | undefined, text: Text): NodeView {
  const element = elementOf(String(node.attrs['source']));
  const file = childOf(element, 'ri:attachment');
  const url = childOf(element, 'ri:url');
  const isElsewhere = file !== undefined && childOf(file, 'ri:page') !== undefined;
  const name = file === undefined ? '' : (attributeOf(file, 'ri:filename') ?? '');
  const address =
    url === undefined
      ? `/download/attachments/${pageId ?? ''}/${encodeURIComponent(name)}`
      : (attributeOf(url, 'ri:value') ?? '');
  if (isElsewhere || (url === undefined && pageId === undefined)) return placeholder(node, text);
  const dom = make('span', 'editor-image');
  const picture = document.createElement('img');
  picture.src = /^(https?:|\/)/.test(address) ? address : '';
  picture.alt = attributeOf(element, 'ac:alt') ?? name;
  const width = Number(attributeOf(element, 'ac:width'));
  if (width > 0) picture.style.width = `${width}px`;
  dom.append(picture);
  return { dom };
}

function status(node: Node): NodeView {
  const element = elementOf(String(node.attrs['source']));
  const dom = make('span', `status-lozenge ${parameter(element, 'colour').toLowerCase() || 'grey'}`);
  dom.textContent = parameter(element, 'title') || parameter(element, 'colour');
  return { dom };
}

function reference(node: Node, text: Text): NodeView {
  const element = elementOf(String(node.attrs['source']));
  const target = element.children.find((child): child is StorageElement => child.type === 'element');
  const names = ['ri:content-title', 'ri:filename', 'ri:username', 'ri:userkey', 'ri:space-key', 'ri:value'];
  const label = names.map((name) => target && attributeOf(target, name)).find(Boolean);
  return { dom: make('span', 'reference', label ?? attributeOf(element, 'ac:anchor') ?? nameOf(element, text)) };
}

const date = (node: Node): NodeView => ({
  dom: make('span', 'date', attributeOf(elementOf(String(node.attrs['source'])), 'datetime') ?? ''),
});

const emoticons: Readonly<Record<string, string>> = {
  smile: '🙂',
  sad: '🙁',
  cheeky: '😛',
  laugh: '😃',
  wink: '😉',
  'thumbs-up': '👍',
  'thumbs-down': '👎',
  information: 'ℹ️',
  tick: '✅',
  cross: '❌',
  warning: '⚠️',
  plus: '➕',
  minus: '➖',
  question: '❓',
  'light-on': '💡',
  'yellow-star': '⭐',
  heart: '❤️',
  'broken-heart': '💔',
};
function emoticon(node: Node): NodeView {
  const element = elementOf(String(node.attrs['source']));
  const name = attributeOf(element, 'ac:name') ?? '';
  return { dom: make('span', 'emoticon', attributeOf(element, 'ac:emoji-fallback') ?? emoticons[name] ?? `:${name}:`) };
}

/** A box to tick before the task's text. */
function task(node: Node, view: EditorView, position: () => number | undefined, text: Text): NodeView {
  const dom = make('div', 'task');
  const box = document.createElement('input');
  box.type = 'checkbox';
  const contentDOM = make('div', 'task-body');
  const label = make('span', 'task-box');
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

/** The frame of a macro with a parameter set, or without it when it is empty. */
function withParameter(frame: StorageElement, name: string, value: string): string {
  const known = macroCallOf(frame).parameters.get(name);
  const others = frame.children.filter((child) => child !== known);
  const set: StorageElement = {
    type: 'element',
    name: 'ac:parameter',
    attributes: [{ name: 'ac:name', value: name }],
    children: [{ type: 'text', value }],
  };
  return frameOf({ ...frame, children: value === '' ? others : [set, ...others] }, slotOf(frame).children);
}

const codeFrame = elementOf(
  '<ac:structured-macro ac:name="code" ac:schema-version="1"><ac:plain-text-body /></ac:structured-macro>',
);
const frameElement = (node: Node): StorageElement =>
  node.attrs['frame'] === null ? codeFrame : elementOf(String(node.attrs['frame']));

/** A macro with a body that is edited in place, its name and most important parameter above it. */
function macroBox(node: Node, view: EditorView, position: () => number | undefined, text: Text): NodeView {
  const isPlain = node.type.name === 'plain_macro';
  const { name } = macroCallOf(frameElement(node));
  const field = name === 'code' ? 'language' : 'title';
  const dom = make('div', `macro-box ${isPlain ? 'plain' : 'rich'} macro-${name}`);
  const head = make('div', 'macro-head');
  head.contentEditable = 'false';
  const input = document.createElement('input');
  input.placeholder = text(name === 'code' ? 'editor.macro.language' : 'editor.macro.title');
  input.setAttribute('aria-label', `${name}: ${input.placeholder}`);
  head.append(make('span', 'kept-name', name), input);
  const contentDOM = make(isPlain ? 'code' : 'div', 'macro-body');
  const body = isPlain ? make('pre', '') : contentDOM;
  if (isPlain) body.append(contentDOM);
  dom.append(head, body);
  const show = (shown: Node) => {
    if (document.activeElement !== input) input.value = parameter(frameElement(shown), field);
    return true;
  };
  show(node);
  input.addEventListener('change', () => {
    const at = position();
    const current = at === undefined ? null : view.state.doc.nodeAt(at);
    if (at === undefined || current === null) return;
    const frame = withParameter(frameElement(current), field, input.value.trim());
    view.dispatch(view.state.tr.setNodeAttribute(at, 'frame', frame));
  });
  return {
    dom,
    contentDOM,
    update: (changed) =>
      changed.type === node.type && macroCallOf(frameElement(changed)).name === name && show(changed),
    stopEvent: (event) => event.target === input,
    ignoreMutation: (mutation) => !contentDOM.contains(mutation.target),
  };
}

/** How nodes are drawn that HTML has no element for. `pageId` is whose files the images are. */
export function nodeViewsOf(text: Text, pageId: () => string | undefined): Record<string, NodeViewConstructor> {
  const kept: NodeViewConstructor = (node) => placeholder(node, text);
  return {
    block_macro: kept,
    unknown_block: kept,
    inline_macro: kept,
    unknown_inline: kept,
    image: (node) => image(node, pageId(), text),
    status,
    date,
    emoticon,
    reference: (node) => reference(node, text),
    task: (node, view, position) => task(node, view, position, text),
    rich_macro: (node, view, position) => macroBox(node, view, position, text),
    plain_macro: (node, view, position) => macroBox(node, view, position, text),
  };
}

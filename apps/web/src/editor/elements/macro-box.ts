import { elementOf, frameOf, slotOf } from '@tributary/editor-document';
import { macroCallOf } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import type { EditorView, NodeView } from 'prosemirror-view';
import type { Texts } from '../../messages/language';
import { make, parameterText } from './drawing';
import { editPropertiesAt } from './element-dialogs';
import { elementLabels } from './element-labels';
import { withParameter } from './macro-parameters';
import { isFramed, macroFrame } from './selected-element';

/** The parameter that is set above the body, by macro; all others are in the macro's properties. */
const quickParameter: Readonly<Record<string, 'title' | 'language'>> = {
  code: 'language',
  info: 'title',
  note: 'title',
  warning: 'title',
  tip: 'title',
  panel: 'title',
  expand: 'title',
  noformat: 'title',
};

/** A macro with a body that is edited in place, its name, its most important parameter and the way to the others above it. */
export function macroBox(
  node: Node,
  view: EditorView,
  position: () => number | undefined,
  text: Texts['text'],
): NodeView {
  const isPlain = node.type.name === 'plain_macro';
  const { name } = macroCallOf(macroFrame(node));
  const dom = make('div', `macro-box ${isPlain ? 'plain' : 'rich'} macro-${name}`);
  const head = make('div', 'macro-head');
  head.contentEditable = 'false';
  const label = macroLabel(node, text);
  head.append(make('span', 'kept-name', label));
  const field = quickField(name, label, view, position, text);
  if (field) head.append(field.input);
  const properties = propertiesButton(label, view, position, text);
  head.append(properties);
  const contentDOM = make(isPlain ? 'code' : 'div', 'macro-body');
  const body = isPlain ? make('pre', '') : contentDOM;
  if (isPlain) body.append(contentDOM);
  dom.append(head, body);
  field?.show(node);
  return {
    dom,
    contentDOM,
    update(changed) {
      if (changed.type !== node.type || macroCallOf(macroFrame(changed)).name !== name) return false;
      field?.show(changed);
      return true;
    },
    stopEvent: ({ target }) => target === field?.input || (target !== null && properties.contains(target as Element)),
    ignoreMutation: (mutation) => !contentDOM.contains(mutation.target),
  };
}

function quickField(
  macro: string,
  label: string,
  view: EditorView,
  position: () => number | undefined,
  text: Texts['text'],
) {
  const parameter = quickParameter[macro];
  if (parameter === undefined) return undefined;
  const input = document.createElement('input');
  input.placeholder = text(`editor.macro.${parameter}`);
  input.setAttribute('aria-label', `${label}: ${input.placeholder}`);
  const declaration = { name: macro, body: 'rich', defaultParameter: 'title', parameters: [] } as const;
  input.addEventListener('change', () => {
    const at = position();
    const current = at === undefined ? null : view.state.doc.nodeAt(at);
    if (at === undefined || current === null) return;
    const changed = withParameter(macroFrame(current), parameter, input.value.trim(), declaration);
    view.dispatch(view.state.tr.setNodeAttribute(at, 'frame', frameOf(changed, slotOf(changed).children)));
  });
  const show = (shown: Node) => {
    const frame = macroFrame(shown);
    // The title may be the parameter that has no name.
    const value = parameterText(frame, parameter) || (parameter === 'title' ? parameterText(frame, '') : '');
    if (document.activeElement !== input) input.value = value;
  };
  return { input, show };
}

/** What the macro is called that a node is. */
export function macroLabel(node: Node, text: Texts['text']): string {
  const macro = isFramed(node) ? macroFrame(node) : elementOf(String(node.attrs['source']));
  return elementLabels(text).macro(macroCallOf(macro).name);
}

/** The way to an element's properties for whoever points at it. */
export function propertiesButton(
  label: string,
  view: EditorView,
  position: () => number | undefined,
  text: Texts['text'],
): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'element-properties';
  button.contentEditable = 'false';
  button.textContent = text('element.properties');
  button.setAttribute('aria-label', text('element.propertiesOf', { name: label }));
  button.addEventListener('click', () => {
    const at = position();
    if (at !== undefined) editPropertiesAt(at)(view.state, view.dispatch, view);
  });
  return button;
}

import { elementOf } from '@tributary/editor-document';
import { isMacro, macroCallOf, type StorageElement } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import type { NodeView } from 'prosemirror-view';
import type { Texts } from '../../messages/language';
import { make } from './drawing';
import { elementLabels } from './element-labels';
import { valuesOf } from './macro-parameters';

type Text = Texts['text'];

const detailMax = 120;

/** The element that a node keeps as it was written; undefined where it keeps a comment or an instruction. */
export function sourceElement(node: Node): StorageElement | undefined {
  const source = String(node.attrs['source']);
  return source.startsWith('<') && !source.startsWith('<!') && !source.startsWith('<?') ? elementOf(source) : undefined;
}

/** What an element is called that is drawn by its name only. */
export function elementName(element: StorageElement | undefined, text: Text): string {
  if (element === undefined) return text('editor.kept.note');
  return isMacro(element) ? elementLabels(text).macro(macroCallOf(element).name) : element.name;
}

/** Each parameter that is given. */
function detailOf(macro: StorageElement, text: Text): string {
  const labels = elementLabels(text);
  const given = [...valuesOf(macro, undefined)].filter(([, value]) => value !== '');
  return given
    .map(([name, value]) => (name === '' ? value : `${labels.parameter(name)}: ${labels.choice(value)}`))
    .join(', ')
    .slice(0, detailMax);
}

/** A thing that is kept as it is: it can be selected, moved and deleted; its properties can be set where there is a way to them. */
export function placeholder(node: Node, text: Text, properties?: HTMLElement): NodeView {
  const element = sourceElement(node);
  const dom = make(node.isInline ? 'span' : 'div', `kept ${node.type.name}`);
  dom.append(make('span', 'kept-name', elementName(element, text)));
  if (element && isMacro(element)) dom.append(make('span', 'kept-detail', detailOf(element, text)));
  else if (node.isBlock) dom.append(make('span', 'kept-detail', text('editor.kept.text')));
  if (properties === undefined) return { dom };
  dom.append(properties);
  return { dom, stopEvent: ({ target }) => target === properties };
}

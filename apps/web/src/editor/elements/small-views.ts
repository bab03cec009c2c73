import { elementOf } from '@tributary/editor-document';
import { attributeOf, childOf, charactersOf, emoticonCharacters, type StorageElement } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import type { EditorView, NodeView } from 'prosemirror-view';
import { currentLanguage, type Texts } from '../../messages/language';
import { make, parameterText } from './drawing';
import { propertiesButton } from './macro-box';
import { mentionView } from './mentions';
import { elementName, placeholder, sourceElement } from './placeholder';

type Text = Texts['text'];
type Position = () => number | undefined;

const elementIn = (node: Node): StorageElement => elementOf(String(node.attrs['source']));

export function statusView(node: Node): NodeView {
  const element = elementIn(node);
  const subtle = parameterText(element, 'subtle') === 'true' ? ' subtle' : '';
  const dom = make('span', `status-lozenge ${parameterText(element, 'colour').toLowerCase() || 'grey'}${subtle}`);
  dom.textContent = parameterText(element, 'title') || parameterText(element, 'colour');
  return { dom };
}

/** A day as the writer's language writes it; what isn't one is shown as it is. */
export function dateView(node: Node): NodeView {
  const written = attributeOf(elementIn(node), 'datetime') ?? '';
  const day = /^\d{4}-\d{2}-\d{2}/.test(written) ? new Date(`${written.slice(0, 10)}T00:00:00Z`) : undefined;
  const isDay = day !== undefined && !Number.isNaN(day.getTime());
  const language = currentLanguage();
  const region = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
  const shown = isDay ? day.toLocaleDateString(region, { dateStyle: 'long', timeZone: 'UTC' }) : written;
  return { dom: make('span', 'date', shown) };
}

export function emoticonView(node: Node): NodeView {
  const element = elementIn(node);
  const name = attributeOf(element, 'ac:name') ?? '';
  const character = attributeOf(element, 'ac:emoji-fallback') ?? emoticonCharacters[name] ?? `:${name}:`;
  return { dom: make('span', `emoticon emoticon-${name}`, character) };
}

export function referenceView(node: Node, text: Text): NodeView {
  const source = String(node.attrs['source']);
  const mention = mentionView(source);
  if (mention !== undefined) return mention;
  const element = elementOf(source);
  const target = element.children.find((child): child is StorageElement => child.type === 'element');
  const names = ['ri:content-title', 'ri:filename', 'ri:space-key', 'ri:value'];
  const label = names.map((name) => target && attributeOf(target, name)).find(Boolean);
  return { dom: make('span', 'reference', label ?? attributeOf(element, 'ac:anchor') ?? elementName(element, text)) };
}

/** What the page's first author asks for at this place. It is not on the page; what is typed while it is selected stands there instead. */
export function promptView(node: Node): NodeView | undefined {
  const element = sourceElement(node);
  return element?.name === 'ac:placeholder' ? { dom: make('span', 'prompt', charactersOf(element).trim()) } : undefined;
}

/** Where a picture is; undefined for one that can't be shown here. */
function addressOf(image: StorageElement, pageId: string | undefined): string | undefined {
  const url = childOf(image, 'ri:url');
  if (url !== undefined) return attributeOf(url, 'ri:value') ?? '';
  const file = childOf(image, 'ri:attachment');
  if (pageId === undefined || (file !== undefined && childOf(file, 'ri:page') !== undefined)) return undefined;
  const name = file === undefined ? '' : (attributeOf(file, 'ri:filename') ?? '');
  return `/download/attachments/${pageId}/${encodeURIComponent(name)}`;
}

/** A picture with its caption, as it will stand on the page. `pageId` is whose files are shown. */
export function imageView(
  node: Node,
  view: EditorView,
  position: Position,
  text: Text,
  pageId: string | undefined,
): NodeView {
  const element = elementIn(node);
  const properties = propertiesButton(text('element.image'), view, position, text);
  const address = addressOf(element, pageId);
  if (address === undefined) return placeholder(node, text, properties);
  const align = attributeOf(element, 'ac:align');
  const border = attributeOf(element, 'ac:border') === 'true' ? ' bordered' : '';
  const dom = make('span', `editor-image${align === undefined ? '' : ` align-${align}`}${border}`);
  const picture = document.createElement('img');
  picture.src = /^(https?:|\/)/.test(address) ? address : '';
  const file = childOf(element, 'ri:attachment');
  picture.alt = attributeOf(element, 'ac:alt') ?? (file && attributeOf(file, 'ri:filename')) ?? '';
  const width = Number(attributeOf(element, 'ac:width'));
  if (width > 0) picture.style.width = `${width}px`;
  dom.append(picture);
  const caption = childOf(element, 'ac:caption');
  if (caption !== undefined) dom.append(make('span', 'editor-caption', charactersOf(caption).trim()));
  dom.append(properties);
  return { dom, stopEvent: ({ target }) => target === properties };
}

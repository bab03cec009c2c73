import { element, text } from '../builder.js';
import type { StorageElement, StorageNode } from '../document.js';
import { parametersOf } from './macro-at.js';

const isAddress = /^(https?:\/\/|ftp:\/\/|mailto:|\/)/i;

/** What a link inside of brackets says: `words|target|tip`, or a target alone. */
export function linkOf(written: string, words: (markup: string) => readonly StorageNode[]): StorageNode[] | undefined {
  const [first = '', second, tip] = written.split('|').map((part) => part.trim());
  const target = second ?? first;
  if (target === '') return undefined;
  const body = second === undefined || first === '' ? undefined : words(first);
  if (isAddress.test(target)) {
    const title: Record<string, string> = tip ? { title: tip } : {};
    return [element('a', { href: target, ...title }, ...(body ?? [text(target.replace(/^mailto:/i, ''))]))];
  }
  const [, page = '', anchor] = /^([^#]*)(?:#(.*))?$/.exec(target) ?? [];
  const reference = referenceTo(page.trim());
  if (reference === undefined && !anchor) return undefined;
  const attributes: Record<string, string> = {
    ...(anchor ? { 'ac:anchor': anchor } : {}),
    ...(tip ? { 'ac:tooltip': tip } : {}),
  };
  const shown = body ?? (reference === undefined ? [text(anchor ?? '')] : undefined);
  return [
    element(
      'ac:link',
      attributes,
      ...(reference === undefined ? [] : [reference]),
      ...(shown === undefined ? [] : [element('ac:link-body', {}, ...shown)]),
    ),
  ];
}

function referenceTo(target: string): StorageElement | undefined {
  if (target === '') return undefined;
  if (target.startsWith('^')) return element('ri:attachment', { 'ri:filename': target.slice(1) });
  if (target.startsWith('~')) return element('ri:user', { 'ri:username': target.slice(1) });
  const [, key, title = ''] = /^(?:(~?\w+):)?(.*)$/.exec(target) ?? [];
  const [name = '', file] = title.split('^');
  const space: Record<string, string> = key === undefined ? {} : { 'ri:space-key': key };
  if (name === '') return key === undefined ? undefined : element('ri:space', space);
  const page = element('ri:page', { ...space, 'ri:content-title': name });
  return file === undefined ? page : element('ri:attachment', { 'ri:filename': file }, page);
}

const imageParameters = ['align', 'border', 'alt', 'title', 'width', 'height', 'vspace', 'hspace'] as const;

/** A picture between exclamation marks: an address or the name of a file. */
export function imageOf(name: string, written: string): StorageNode[] | undefined {
  const isUrl = /^https?:\/\//i.test(name);
  if (!isUrl && !/\.\w{2,5}$/.test(name)) return undefined;
  const parameters = new Map(
    written.split(/[|,]/).flatMap((part) => [...parametersOf(part.trim() === 'thumbnail' ? 'thumbnail=true' : part)]),
  );
  const attributes: Record<string, string> = parameters.get('thumbnail') === 'true' ? { 'ac:thumbnail': 'true' } : {};
  for (const key of imageParameters) {
    const value = parameters.get(key);
    if (value !== undefined) attributes[`ac:${key}`] = value;
  }
  const source = isUrl ? element('ri:url', { 'ri:value': name }) : element('ri:attachment', { 'ri:filename': name });
  return [element('ac:image', attributes, source)];
}

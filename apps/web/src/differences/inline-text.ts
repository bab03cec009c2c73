import {
  attributeOf,
  charactersOf,
  childOf,
  childrenOf,
  emoticonCharacters,
  isMacro,
  macroCallOf,
  type StorageElement,
  type StorageNode,
} from '@tributary/storage-format';

/** Characters that look alike and lead to the same place. */
export interface Run {
  readonly text: string;
  /** The elements around it, but for links. */
  readonly marks: readonly string[];
  /** Where it leads to, as words. */
  readonly link: string | undefined;
  /** What stands in the text as one thing: an image, a status, a date. */
  readonly atom: StorageElement | undefined;
}

interface Around {
  readonly marks: readonly string[];
  readonly link?: string;
}

/** A line of text as a reader has it; pictures and macros stand as their names. `keepsLines` in preformatted text. */
export function runsOf(nodes: readonly StorageNode[], keepsLines = false): Run[] {
  const read = (inside: readonly StorageNode[], around: Around): Run[] =>
    inside.flatMap((node) => {
      if (node.type === 'text' || node.type === 'cdata') {
        const text = keepsLines ? node.value : node.value.replaceAll(/[^\S\u00a0]+/g, ' ');
        return [run(text, around)];
      }
      return node.type === 'element' ? element(node, around) : [];
    });
  const element = (node: StorageElement, around: Around): Run[] => {
    const atom = atomTextOf(node);
    if (atom !== undefined) return [{ ...run(atom, around), atom: node }];
    if (node.name === 'br') return [run('\n', around)];
    if (node.name === 'ac:inline-comment-marker') return read(node.children, around);
    if (node.name === 'a') return read(node.children, { ...around, link: attributeOf(node, 'href') ?? '' });
    if (node.name === 'ac:link') {
      const body = childOf(node, 'ac:link-body') ?? childOf(node, 'ac:plain-text-link-body');
      const link = targetOf(node);
      return body ? read(body.children, { ...around, link }) : [{ ...run(link, around), link }];
    }
    return read(node.children, { ...around, marks: [...around.marks, markOf(node)] });
  };
  return read(nodes, { marks: [] }).filter(({ text }) => text !== '');
}

const run = (text: string, { marks, link }: Around): Run => ({ text, marks, link, atom: undefined });

const markOf = ({ name, attributes }: StorageElement): string =>
  [name, ...attributes.map((each) => `${each.name}=${each.value}`)].join(' ');

/** The words for what is no text; undefined for everything else. */
function atomTextOf(node: StorageElement): string | undefined {
  if (isMacro(node)) return macroNameOf(node);
  if (node.name === 'ac:image') return `[${fileOf(node)}]`;
  if (node.name === 'time') return attributeOf(node, 'datetime') ?? charactersOf(node);
  if (node.name !== 'ac:emoticon') return undefined;
  const name = attributeOf(node, 'ac:name') ?? '';
  return attributeOf(node, 'ac:emoji-fallback') ?? emoticonCharacters[name] ?? `:${name}:`;
}

/** A macro as a reader knows it: by its title, if it has one. */
export function macroNameOf(macro: StorageElement): string {
  const { name, parameters } = macroCallOf(macro);
  const title = parameters.get('title');
  return title && name === 'status'
    ? `[${charactersOf(title)}]`
    : `[${name}${title ? `: ${charactersOf(title)}` : ''}]`;
}

const fileOf = (image: StorageElement): string => {
  const [source] = childrenOf(image).filter(({ name }) => name.startsWith('ri:'));
  return source ? wordsOf(source) : (attributeOf(image, 'ac:src') ?? '');
};

const naming = [
  'ri:content-title',
  'ri:filename',
  'ri:value',
  'ri:username',
  'ri:userkey',
  'ri:account-id',
  'ri:space-key',
  'ri:content-id',
];

/** What a reference names, with its space or its page where it says one. */
function wordsOf(reference: StorageElement): string {
  const own =
    naming.flatMap((name) => attributeOf(reference, name) ?? [])[0] ??
    reference.attributes.map(({ value }) => value).join(':');
  const space = attributeOf(reference, 'ri:space-key');
  const owner = childrenOf(reference).find(({ name }) => name.startsWith('ri:'));
  const prefix = owner ? `${wordsOf(owner)}/` : space !== undefined && space !== own ? `${space}:` : '';
  return `${reference.name === 'ri:user' ? '@' : ''}${prefix}${own}`;
}

/** Where a link leads to, in words. */
export function targetOf(link: StorageElement): string {
  const reference = childrenOf(link).find(({ name }) => name.startsWith('ri:'));
  const anchor = attributeOf(link, 'ac:anchor');
  return `${reference ? wordsOf(reference) : ''}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** A value as words: of a parameter, that may hold a link. */
export function valueOf(element: StorageElement): string {
  const [first] = childrenOf(element);
  if (first?.name === 'ac:link') return targetOf(first);
  return first?.name.startsWith('ri:') ? wordsOf(first) : charactersOf(element).trim();
}

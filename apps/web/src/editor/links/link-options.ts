import { useQuery } from '@tanstack/react-query';
import { FileText, Globe, Hash, Newspaper, Paperclip, type LucideIcon } from 'lucide-react';
import type { Node } from 'prosemirror-model';
import { useMemo } from 'react';
import { useTexts, type Texts } from '../../messages/language';
import { fileNamesQuery } from '../../rest/uploads';
import { contentsToLinkQuery, type Linkable } from '../../rest/writing';
import { useSettled } from '../../search/use-settled';
import { anchorsOf, type Anchor } from './anchors';
import type { LinkTarget } from './link-target';

/** Something that a link can go to. */
export interface LinkOption {
  readonly key: string;
  readonly icon: LucideIcon;
  readonly title: string;
  /** What it is, or where. */
  readonly detail: string;
  readonly target: LinkTarget;
}

/** The page that is being written. */
export interface LinkingPage {
  readonly doc: Node;
  readonly spaceKey: string;
  /** Undefined where the wiki hasn't got it. */
  readonly pageId: string | undefined;
}

const ofKindMax = 8;
const address = /^(?:https?:|mailto:|tel:|ftps?:|\/)/i;

/** What words ask for: an address, pages and blog posts by title, places and files of this page; all of those where there are no words. */
export function useLinkOptions(typed: string, { doc, spaceKey, pageId }: LinkingPage): readonly LinkOption[] {
  const { text } = useTexts();
  const words = typed.trim();
  const isPlace = words.startsWith('#');
  const href = address.test(words) ? words : /^www\./i.test(words) ? `https://${words}` : undefined;
  const sought = useSettled(words);
  const isSought = href === undefined && !isPlace && words.length > 1;
  const { data: contents = [] } = useQuery({ ...contentsToLinkQuery(sought), enabled: isSought && sought.length > 1 });
  const { data: files = [] } = useQuery({ ...fileNamesQuery(pageId ?? ''), enabled: pageId !== undefined });
  const anchors = useMemo(() => anchorsOf(doc), [doc]);
  if (href !== undefined) {
    const target: LinkTarget = { kind: 'address', href };
    return [{ key: 'address', icon: Globe, title: href, detail: text('editor.link.address'), target }];
  }
  const lower = words.replace(/^#/, '').toLowerCase();
  const fits = (name: string) => name.toLowerCase().includes(lower);
  const places = anchors.filter(({ name }) => fits(name)).map((anchor) => placeOption(anchor, text));
  if (isPlace) return places;
  return [
    ...(isSought ? contents.map((each) => contentOption(each, spaceKey, text)) : []),
    ...places.slice(0, ofKindMax),
    ...files
      .filter(fits)
      .slice(0, ofKindMax)
      .map((name) => fileOption(name, text)),
  ];
}

function contentOption({ id, type, title, space, _links }: Linkable, own: string, text: Texts['text']): LinkOption {
  const spaceKey = space?.key === own ? undefined : space?.key;
  const isPost = type === 'blogpost';
  // A post's title is its day's own.
  const postingDay = /\/(\d{4}\/\d{2}\/\d{2})\//.exec(_links.webui)?.[1];
  const kind = text(isPost ? 'search.type.blogpost' : 'search.type.page');
  return {
    key: id,
    icon: isPost ? Newspaper : FileText,
    title,
    detail: [kind, space?.name].filter(Boolean).join(' · '),
    target: isPost ? { kind: type, title, spaceKey, postingDay } : { kind: 'page', title, spaceKey },
  };
}

const placeOption = ({ name, level }: Anchor, text: Texts['text']): LinkOption => ({
  key: `# ${name} ${level}`,
  icon: Hash,
  title: name,
  detail: level === undefined ? text('editor.link.anchor') : text('editor.link.heading'),
  target: { kind: 'anchor', anchor: name },
});

const fileOption = (name: string, text: Texts['text']): LinkOption => ({
  key: `file ${name}`,
  icon: Paperclip,
  title: name,
  detail: text('editor.link.file'),
  target: { kind: 'file', name },
});

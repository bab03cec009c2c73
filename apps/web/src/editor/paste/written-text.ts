import { storageOfWiki, type StorageNode } from '@tributary/storage-format';
import { Marked } from 'marked';
import type { HtmlNode } from './html-tree';
import { PastedHtml } from './storage-of-html';

const markdown = new Marked({ gfm: true, async: false });

/** The blocks of a text in Markdown, as GitHub reads it; `parse` makes a tree of HTML. */
export const storageOfMarkdown = (text: string, parse: (html: string) => readonly HtmlNode[]): StorageNode[] =>
  PastedHtml.blocksOf(parse(markdown.parse(text) as string));

export const storageOfWikiText = (text: string): readonly StorageNode[] => storageOfWiki(text).children;

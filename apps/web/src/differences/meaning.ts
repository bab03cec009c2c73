import { sourceOf } from '@tributary/editor-document';
import { canonicalStorage, type StorageNode } from '@tributary/storage-format';

/** What programs tell elements by, and nobody sees. */
const ids =
  / (?:ac:macro-id|ac:schema-version|ac:local-id|local-id|data-local-id|ac:task-id|ac:task-uuid|ri:version-at-save)="[^"]*"/g;
const idElements = /<(ac:task-id|ac:task-uuid)>[^<]*<\/\1>/g;
const markers = /<\/?ac:inline-comment-marker\b[^>]*>/g;
const linesBetweenTags = />\s*\n\s*</g;

/** The same for what is the same to a reader. */
export const meaningOf = (source: string): string =>
  canonicalStorage(source)
    .replaceAll(ids, '')
    .replaceAll(idElements, '')
    .replaceAll(markers, '')
    .replaceAll(linesBetweenTags, '><')
    .trim();

export const meaningOfNodes = (nodes: readonly StorageNode[]): string => meaningOf(sourceOf(...nodes));

/** As `meaningOf`, where a line end is a space like another one. */
export const isSameLine = (one: string, other: string): boolean => collapsed(one) === collapsed(other);
const collapsed = (text: string): string => text.replaceAll(/\s+/g, ' ');

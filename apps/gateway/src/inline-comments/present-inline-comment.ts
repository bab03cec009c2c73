import type { JsonObject } from '@tributary/contracts';

/** What is expanded of a comment for the shape below. */
export const shownOfInlineComments = [
  'body.view',
  'version',
  'history',
  'operations',
  'ancestors',
  'extensions.inlineProperties',
  'extensions.resolution',
] as const;

/** What the shape below takes of a comment's JSON. */
interface Comment {
  readonly id: string;
  readonly body: { readonly view: { readonly value: string } };
  readonly version: { readonly when: string };
  readonly history: { readonly createdBy: { readonly displayName: string; readonly username?: string } };
  readonly ancestors: readonly { readonly id: string }[];
  readonly operations: readonly { readonly operation: string }[];
  readonly extensions: {
    readonly inlineProperties?: { readonly originalSelection: string; readonly markerRef: string };
    readonly resolution?: { readonly status: string; readonly lastModifiedDate?: string };
  };
}

/** A comment of a text in the shape that Confluence's own pages take. */
export function presentInlineComment(content: JsonObject, containerId: string) {
  const comment = content as unknown as Comment;
  const { id, body, version, history, ancestors, operations, extensions } = comment;
  const { inlineProperties, resolution } = extensions;
  const may = (operation: string): boolean => operations.some((each) => each.operation === operation);
  const resolved = resolution?.status === 'resolved';
  return {
    id: Number(id),
    originalSelection: inlineProperties?.originalSelection ?? '',
    markerRef: inlineProperties?.markerRef ?? '',
    body: body.view.value,
    authorDisplayName: history.createdBy.displayName,
    authorUserName: history.createdBy.username ?? '',
    authorAvatarUrl: '/images/icons/profilepics/default.svg',
    lastModificationDate: version.when,
    containerId: Number(containerId) || undefined,
    parentCommentId: Number(ancestors.at(-1)?.id ?? 0),
    hasDeletePermission: may('delete'),
    hasEditPermission: may('update'),
    hasResolvePermission: true,
    resolveProperties: {
      resolved,
      resolvedByDangling: resolution?.status === 'dangling',
      resolvedTime: resolved && resolution.lastModifiedDate ? Date.parse(resolution.lastModifiedDate) : 0,
    },
    deleted: false,
  };
}

import { infiniteQueryOptions } from '@tanstack/react-query';
import { getBeside, nextStart, send, type List } from './client';
import type { Operation, Version } from './pages';
import { bodyOf, json } from './requests';

/** Something that somebody said about a page; the last of `ancestors` is what it answers. */
export interface Comment {
  readonly id: string;
  readonly version: Version;
  readonly history: { readonly createdDate: string; readonly createdBy: { readonly displayName: string } };
  readonly ancestors: readonly { readonly id: string }[];
  readonly body: {
    readonly view: { readonly value: string };
    readonly storage: { readonly value: string };
  };
  readonly operations: readonly Operation[];
}

const commentsAtOnce = 50;
const expand = 'body.view,body.storage,version,history,ancestors,operations';

/** The comments at a page's foot with their replies, the oldest first. */
export const commentsQuery = (pageId: string) =>
  infiniteQueryOptions({
    queryKey: ['comments', pageId],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      getBeside<List<Comment>>(
        `/rest/api/content/${pageId}/child/comment?depth=all&location=footer&expand=${expand}&limit=${commentsAtOnce}&start=${pageParam}`,
        signal,
      ),
    getNextPageParam: nextStart,
  });

/** Says something about a page, or answers the comment `parentId`. */
export async function addComment(pageId: string, body: string, parentId?: string): Promise<void> {
  const parent = parentId === undefined ? {} : { ancestors: [{ id: parentId }] };
  const comment = { type: 'comment', container: { id: pageId, type: 'page' }, ...parent, body: bodyOf(body) };
  await send('/rest/api/content', json('POST', comment));
}

export async function editComment({ id, version }: Comment, body: string): Promise<void> {
  const next = { type: 'comment', version: { number: version.number + 1 }, body: bodyOf(body) };
  await send(`/rest/api/content/${id}`, json('PUT', next));
}

export async function deleteComment(id: string): Promise<void> {
  await send(`/rest/api/content/${id}`, { method: 'DELETE' });
}

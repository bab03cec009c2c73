import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getBeside, send, type List } from './client';
import type { Comment } from './comments';
import { bodyOf, json } from './requests';

/** A comment on a passage of a page's text, or an answer to one. */
export interface InlineComment extends Comment {
  readonly extensions: {
    readonly inlineProperties: { readonly originalSelection: string; readonly markerRef: string };
    readonly resolution: {
      /** `dangling` is open, but its passage isn't in the text any more. */
      readonly status: 'open' | 'reopened' | 'resolved' | 'dangling';
      readonly lastModifier?: { readonly displayName: string };
    };
  };
}

/** A passage that somebody chose, and what tells it from the same words elsewhere. */
export interface Passage {
  readonly originalSelection: string;
  readonly before: string;
  readonly after: string;
  readonly matchIndex: number;
}

const commentsAtOnce = 50;
/** More than anybody reads; a page with more shows the first. */
const commentsMax = 500;
const expand =
  'body.view,body.storage,version,history,ancestors,operations,extensions.inlineProperties,extensions.resolution';

/**
 * All comments on passages of a page, answers and resolved ones included, the oldest first. Which of them dangle is another matter in each
 * version of the page.
 */
export const inlineCommentsQuery = (pageId: string, version: number) =>
  queryOptions({
    queryKey: ['comments', pageId, 'inline', version],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const all: InlineComment[] = [];
      for (let start = 0; start < commentsMax; start += commentsAtOnce) {
        const list = await getBeside<List<InlineComment>>(
          `/rest/api/content/${encodeURIComponent(pageId)}/child/comment?depth=all&location=inline,resolved&expand=${expand}&limit=${commentsAtOnce}&start=${start}`,
          signal,
        );
        all.push(...list.results);
        if (list._links.next === undefined) break;
      }
      return all;
    },
  });

/** Says something about a passage of a page; the page's text gets a marker there. Throws ApiError 400 where that can't be. */
export async function commentOn(pageId: string, passage: Passage, body: string): Promise<string> {
  const comment = {
    type: 'comment',
    container: { id: pageId, type: 'page' },
    extensions: { location: 'inline', inlineProperties: passage },
    body: bodyOf(body),
  };
  const answer = await send('/rest/api/content', json('POST', comment));
  return ((await answer.json()) as { id: string }).id;
}

export async function setResolved(id: string, isResolved: boolean): Promise<void> {
  const path = `/rest/inlinecomments/1.0/comments/${encodeURIComponent(id)}/resolve/${isResolved}/dangling/false`;
  await send(path, json('PUT', {}));
}

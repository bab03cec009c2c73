import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { MoreButton } from '../../frame/more-button';
import { useTexts } from '../../messages/language';
import { addComment, commentsQuery } from '../../rest/comments';
import { queryClient } from '../../rest/queries';
import { sessionQuery } from '../../rest/session';
import { CommentForm } from './comment-form';
import { SingleComment } from './single-comment';
import { threadsOf } from './threads';
import './comments.css';

/** What people say about a page, at its foot. */
export function Comments({ pageId }: { pageId: string }) {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const list = useInfiniteQuery(commentsQuery(pageId));
  const { data, error, hasNextPage, refetch } = list;
  const comments = data?.pages.flatMap(({ results }) => results);
  useFocusedComment(comments !== undefined);
  const read = () => queryClient.invalidateQueries({ queryKey: commentsQuery(pageId).queryKey });
  return (
    <section className="comments" aria-labelledby="comments-title">
      <h2 id="comments-title">
        {comments && !hasNextPage ? text('comments.count', { count: comments.length }) : text('comments.title')}
      </h2>
      {error && (
        <p role="alert">
          {text('comments.failed')}{' '}
          <button type="button" className="button" onClick={() => void refetch()}>
            {text('app.retry')}
          </button>
        </p>
      )}
      <ol>
        {threadsOf(comments ?? []).map((thread) => (
          <SingleComment key={thread.comment.id} pageId={pageId} thread={thread} changed={read} />
        ))}
      </ol>
      <MoreButton list={list} label="comments.more" />
      {user?.type === 'known' && (
        <CommentForm
          label={text('comments.write')}
          action={text('comments.add')}
          place={`page-${pageId}`}
          save={async (body) => {
            await addComment(pageId, body);
            await read();
          }}
        />
      )}
    </section>
  );
}

/** An address may name a comment; it is there later than the page. */
function useFocusedComment(isThere: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (!isThere || !/^comment-\d+$/.test(hash)) return;
    const comment = document.getElementById(hash);
    comment?.scrollIntoView();
    comment?.focus({ preventScroll: true });
  }, [isThere, hash]);
}

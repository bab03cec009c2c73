import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { addComment, deleteComment, editComment } from '../../rest/comments';
import { sessionQuery } from '../../rest/session';
import { RenderedBody } from '../body/rendered-body';
import { LikeButton } from '../likes/like-button';
import { CommentForm } from './comment-form';
import { textOf } from './plain-text';
import type { Thread } from './threads';
import { useUnsent } from './unsent';

interface SingleCommentProperties {
  readonly pageId: string;
  readonly thread: Thread;
  changed(): Promise<void>;
}

type Doing = 'reading' | 'replying' | 'editing' | 'deleting';

/** A comment, what may be done with it, and the answers to it. */
export function SingleComment({ pageId, thread, changed }: SingleCommentProperties) {
  const { text, date } = useTexts();
  const { comment, replies } = thread;
  const places = { reply: `reply-${comment.id}`, edit: `edit-${comment.id}-${comment.version.number}` };
  const [reply, edit] = [useUnsent(places.reply), useUnsent(places.edit)];
  // What was begun and not sent is there again.
  const [doing, setDoing] = useState<Doing>(() => (reply.read() ? 'replying' : edit.read() ? 'editing' : 'reading'));
  const read = () => setDoing('reading');
  const saveWith = (save: (body: string) => Promise<void>) => async (body: string) => {
    await save(body);
    await changed();
  };
  return (
    <li>
      <article id={`comment-${comment.id}`} tabIndex={-1} className="comment">
        <p className="comment-by">
          <strong>{comment.history.createdBy.displayName}</strong>{' '}
          <time dateTime={comment.history.createdDate}>{date(comment.history.createdDate)}</time>
          {comment.version.number > 1 && <span>{text('comments.edited')}</span>}
        </p>
        {doing === 'editing' ? (
          <CommentForm
            label={text('comments.edit')}
            action={text('app.save')}
            text={textOf(comment.body.storage.value) ?? ''}
            place={places.edit}
            leave={read}
            save={saveWith((body) => editComment(comment, body))}
          />
        ) : (
          <RenderedBody
            html={comment.body.view.value}
            tickable={comment.operations.some(({ operation }) => operation === 'update') ? comment.id : undefined}
          />
        )}
        {doing === 'reading' && <Actions pageId={pageId} thread={thread} setDoing={setDoing} />}
        {doing === 'deleting' && <Deletion id={comment.id} leave={read} changed={changed} />}
        {doing === 'replying' && (
          <CommentForm
            label={text('comments.replyTo', { name: comment.history.createdBy.displayName })}
            action={text('comments.reply')}
            place={places.reply}
            leave={read}
            save={saveWith((body) => addComment(pageId, body, comment.id))}
          />
        )}
      </article>
      {replies.length > 0 && (
        <ol>
          {replies.map((reply) => (
            <SingleComment key={reply.comment.id} pageId={pageId} thread={reply} changed={changed} />
          ))}
        </ol>
      )}
    </li>
  );
}

interface ActionsProperties {
  readonly pageId: string;
  readonly thread: Thread;
  setDoing(doing: Doing): void;
}

function Actions({ pageId, thread: { comment }, setDoing }: ActionsProperties) {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const may = (operation: string) => comment.operations.some((each) => each.operation === operation);
  // Until the editor comes, only what is plain text can be changed without losing anything.
  const isPlain = textOf(comment.body.storage.value) !== undefined;
  const like = <LikeButton pageId={pageId} contentId={comment.id} />;
  if (user?.type !== 'known') return <p className="comment-actions">{like}</p>;
  return (
    <p className="comment-actions">
      {like}
      <button type="button" className="link" onClick={() => setDoing('replying')}>
        {text('comments.reply')}
      </button>
      {may('update') && isPlain && (
        <button type="button" className="link" onClick={() => setDoing('editing')}>
          {text('comments.edit')}
        </button>
      )}
      {may('delete') && (
        <button type="button" className="link" onClick={() => setDoing('deleting')}>
          {text('comments.delete')}
        </button>
      )}
    </p>
  );
}

function Deletion({ id, leave, changed }: { id: string; leave(): void; changed(): Promise<void> }) {
  const { text } = useTexts();
  const deleting = useMutation({
    mutationFn: async () => {
      await deleteComment(id);
      await changed();
    },
  });
  return (
    <div className="comment-actions" role="group" aria-label={text('comments.delete')}>
      <span>{text(deleting.isError ? failureKey(deleting.error) : 'comments.sure')}</span>
      <button
        type="button"
        className="button"
        autoFocus
        disabled={deleting.isPending}
        onClick={() => deleting.mutate()}
      >
        {text('comments.delete')}
      </button>
      <button type="button" className="link" onClick={leave}>
        {text('app.cancel')}
      </button>
    </div>
  );
}

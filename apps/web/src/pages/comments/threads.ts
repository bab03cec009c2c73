import type { Comment } from '../../rest/comments';

/** A comment with the answers to it. */
export interface Thread<T extends Comment = Comment> {
  readonly comment: T;
  readonly replies: readonly Thread<T>[];
}

/** Comments below what they answer; an answer stays when what it answered isn't here. */
export function threadsOf<T extends Comment>(comments: readonly T[], parent?: string): Thread<T>[] {
  const known = new Set(comments.map((comment) => comment.id));
  const parentOf = (comment: Comment) => {
    const id = comment.ancestors.at(-1)?.id;
    return id !== undefined && known.has(id) ? id : undefined;
  };
  return comments
    .filter((comment) => parentOf(comment) === parent)
    .map((comment) => ({ comment, replies: threadsOf(comments, comment.id) }));
}

/** How many comments a thread has. */
export const sizeOf = ({ replies }: Thread): number => replies.reduce((sum, reply) => sum + sizeOf(reply), 1);

/** Whether a comment is in a thread. */
export const hasComment = (thread: Thread, id: string): boolean =>
  thread.comment.id === id || thread.replies.some((reply) => hasComment(reply, id));

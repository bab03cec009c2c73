import type { Likes, LikesOfPage, Liker } from '../../rest/likes';

const none: Likes = { likes: [], total: 0 };

/** The likes of a page, or of a comment on it. */
export const likesOf = (page: LikesOfPage, pageId: string, contentId: string): Likes =>
  contentId === pageId ? page : (page.commentLikes[contentId] ?? none);

export const isLikedBy = ({ likes }: Likes, name: string | undefined): boolean =>
  likes.some((like) => like.user.name === name);

/** The likes as they are once somebody likes the content, or no longer does. */
export function liked(
  page: LikesOfPage,
  pageId: string,
  contentId: string,
  user: Liker,
  isLiked: boolean,
): LikesOfPage {
  const before = likesOf(page, pageId, contentId);
  if (isLikedBy(before, user.name) === isLiked) return page;
  const others = before.likes.filter((like) => like.user.name !== user.name);
  const after = {
    likes: isLiked ? [...others, { user }] : others,
    total: before.total + (isLiked ? 1 : -1),
  };
  return contentId === pageId
    ? { ...page, ...after }
    : { ...page, commentLikes: { ...page.commentLikes, [contentId]: after } };
}

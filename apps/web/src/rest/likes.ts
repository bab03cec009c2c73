import { queryOptions } from '@tanstack/react-query';
import { getBeside, send } from './client';

export interface Liker {
  readonly name: string;
  readonly fullName: string;
}

/** Who likes a content: the first of them by name, and how many there are. */
export interface Likes {
  readonly likes: readonly { readonly user: Liker }[];
  readonly total: number;
}

export interface LikesOfPage extends Likes {
  /** Of those comments that somebody likes, by their ids. */
  readonly commentLikes: Readonly<Record<string, Likes>>;
}

const addressOf = (id: string): string => `/rest/likes/1.0/content/${encodeURIComponent(id)}/likes`;

/** The likes of a page and of all comments on it. */
export const likesQuery = (pageId: string) =>
  queryOptions({
    queryKey: ['likes', pageId],
    queryFn: ({ signal }) => getBeside<LikesOfPage>(`${addressOf(pageId)}?commentLikes=true`, signal),
  });

export async function setLike(id: string, isLiked: boolean): Promise<void> {
  await send(addressOf(id), { method: isLiked ? 'POST' : 'DELETE' });
}

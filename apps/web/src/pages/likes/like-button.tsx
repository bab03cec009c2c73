import { useMutation, useQuery } from '@tanstack/react-query';
import { ThumbsUp } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { likesQuery, setLike, type Likes } from '../../rest/likes';
import { queryClient } from '../../rest/queries';
import { sessionQuery } from '../../rest/session';
import { isLikedBy, liked, likesOf } from './liking';
import './likes.css';

/** How many are named before the others are only counted. */
const namedMax = 3;

/** Likes a page or a comment on it, or no more, and says who does. It shows at once what was wanted, and what is when that failed. */
export function LikeButton({ pageId, contentId = pageId }: { pageId: string; contentId?: string }) {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const { queryKey } = likesQuery(pageId);
  const { data } = useQuery(likesQuery(pageId));
  const name = user?.username;
  const liking = useMutation({
    mutationFn: (wanted: boolean) => setLike(contentId, wanted),
    onMutate: async (wanted) => {
      await queryClient.cancelQueries({ queryKey });
      const me = { name: name ?? '', fullName: user?.displayName ?? '' };
      queryClient.setQueryData(queryKey, (known) => known && liked(known, pageId, contentId, me, wanted));
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
  if (!data) return null;
  const likes = likesOf(data, pageId, contentId);
  const isLiked = isLikedBy(likes, name);
  return (
    <span className="likes">
      {name !== undefined && (
        <button type="button" className="link like" aria-pressed={isLiked} onClick={() => liking.mutate(!isLiked)}>
          <ThumbsUp size={15} aria-hidden fill={isLiked ? 'currentColor' : 'none'} fillOpacity={0.35} />
          {text('likes.like')}
        </button>
      )}
      {likes.total > 0 && <Likers likes={likes} me={name} />}
      {liking.isError && <span role="alert">{text(failureKey(liking.error))}</span>}
    </span>
  );
}

/** Whoever reads comes first; then those who liked it first. */
function Likers({ likes, me }: { likes: Likes; me: string | undefined }) {
  const { text, language } = useTexts();
  const [isWhole, setWhole] = useState(false);
  const others = likes.likes.filter((like) => like.user.name !== me).map((like) => like.user.fullName);
  const names = others.length < likes.likes.length ? [text('likes.you'), ...others] : others;
  const shown = isWhole || names.length <= namedMax + 1 ? names : names.slice(0, namedMax);
  const count = likes.total - shown.length;
  const all = count > 0 ? [...shown, text('likes.more', { count })] : shown;
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(all);
  return (
    <span>
      {text('likes.by', { names: list })}
      {shown.length < names.length && (
        <>
          {' '}
          <button type="button" className="link" onClick={() => setWhole(true)}>
            {text('likes.all')}
          </button>
        </>
      )}
    </span>
  );
}

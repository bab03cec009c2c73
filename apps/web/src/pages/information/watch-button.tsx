import { useMutation, useQuery } from '@tanstack/react-query';
import { Eye, EyeOff } from 'lucide-react';
import { useTexts } from '../../messages/language';
import { queryClient } from '../../rest/queries';
import { setWatching, watchQuery } from '../../rest/page-sides';
import { sessionQuery } from '../../rest/session';

/** Watches a page, or no more. It shows at once what was wanted, and what is when that failed. */
export function WatchButton({ pageId }: { pageId: string }) {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const { queryKey } = watchQuery(pageId);
  const { data: isWatching } = useQuery({ ...watchQuery(pageId), enabled: user?.type === 'known' });
  const watching = useMutation({
    mutationFn: (wanted: boolean) => setWatching(pageId, wanted),
    onMutate: async (wanted) => {
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData(queryKey, wanted);
    },
    onSettled: () =>
      Promise.all([queryKey, ['watched']].map((each) => queryClient.invalidateQueries({ queryKey: each }))),
  });
  if (user?.type !== 'known' || isWatching === undefined) return null;
  return (
    <>
      <button
        type="button"
        className="link watch"
        aria-pressed={isWatching}
        onClick={() => watching.mutate(!isWatching)}
      >
        {isWatching ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
        {text(isWatching ? 'watch.stop' : 'watch.start')}
      </button>
      {watching.isError && <span role="alert">{text('error.unavailable.title')}</span>}
    </>
  );
}

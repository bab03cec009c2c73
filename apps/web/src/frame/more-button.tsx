import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTexts, type MessageKey } from '../messages/language';

interface Props {
  readonly list: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  /** What it says, where it needs to be told from others. */
  readonly label?: MessageKey;
}

/** The way to more of a list that is read some at a time; nothing where all of it is there. */
export function MoreButton({ list: { hasNextPage, isFetchingNextPage, fetchNextPage }, label = 'app.more' }: Props) {
  const { text } = useTexts();
  if (!hasNextPage) return null;
  return (
    <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
      {text(label)}
    </button>
  );
}

import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useTitle } from '../frame/title';
import { useTexts } from '../messages/language';
import { sessionQuery } from '../rest/session';
import { spacesQuery } from '../rest/spaces';
import { ToSignIn } from '../session/to-sign-in';
import { SpaceCard } from './space-card';
import './spaces.css';

/** The spaces that the reader may see. */
export function SpaceList() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(spacesQuery);
  const spaces = data.pages.flatMap((list) => list.results);
  useTitle(text('spaces.title'));
  if (user?.type === 'anonymous' && spaces.length === 0) return <ToSignIn />;
  return (
    <main id="content" tabIndex={-1} className="spaces">
      <h1>{text('spaces.title')}</h1>
      {spaces.length === 0 && (
        <div className="empty">
          <h2>{text('spaces.none.title')}</h2>
          <p>{text('spaces.none.text')}</p>
        </div>
      )}
      <ul>
        {spaces.map((space) => (
          <SpaceCard key={space.key} space={space} />
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text('spaces.more')}
        </button>
      )}
    </main>
  );
}

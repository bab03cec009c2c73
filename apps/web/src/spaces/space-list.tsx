import { useInfiniteQuery, useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useState, type ComponentProps } from 'react';
import { MoreButton } from '../frame/more-button';
import { useTitle } from '../frame/title';
import { useTexts } from '../messages/language';
import { sessionQuery } from '../rest/session';
import { archivedSpacesQuery, spacesQuery, type Space } from '../rest/spaces';
import { ToSignIn } from '../session/to-sign-in';
import { CreateSpaceButton } from './create-space-button';
import { NoSpaces } from './no-spaces';
import { SpaceCard } from './space-card';
import './spaces.css';

/** The spaces that the reader may see; those that were put away when they ask for them. */
export function SpaceList() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const [withArchived, setWithArchived] = useState(false);
  const list = useSuspenseInfiniteQuery(spacesQuery);
  const spaces = list.data.pages.flatMap(({ results }) => results);
  useTitle(text('spaces.title'));
  if (user?.type === 'anonymous' && spaces.length === 0) return <ToSignIn />;
  return (
    <main id="content" tabIndex={-1} className="spaces">
      <header>
        <h1>{text('spaces.title')}</h1>
        <label>
          <input type="checkbox" checked={withArchived} onChange={({ target }) => setWithArchived(target.checked)} />{' '}
          {text('spaces.withArchived')}
        </label>
        {spaces.length > 0 && <CreateSpaceButton />}
      </header>
      {spaces.length === 0 && (
        <div className="empty">
          <h2>{text('spaces.none.title')}</h2>
          <NoSpaces />
        </div>
      )}
      <SpaceCards spaces={spaces} list={list} />
      {withArchived && <Archived />}
    </main>
  );
}

function Archived() {
  const { text } = useTexts();
  const list = useInfiniteQuery(archivedSpacesQuery);
  const spaces = list.data?.pages.flatMap(({ results }) => results);
  return (
    <section aria-labelledby="archived-spaces" aria-busy={!spaces}>
      <h2 id="archived-spaces">{text('spaces.archivedTitle')}</h2>
      {spaces?.length === 0 && <p className="hint">{text('spaces.noArchived')}</p>}
      <SpaceCards spaces={spaces ?? []} list={list} />
    </section>
  );
}

interface SpaceCardsProperties {
  readonly spaces: readonly Space[];
  readonly list: ComponentProps<typeof MoreButton>['list'];
}

/** The spaces that are there of a list, and a way to more of them. */
function SpaceCards({ spaces, list }: SpaceCardsProperties) {
  return (
    <>
      <ul>
        {spaces.map((space) => (
          <SpaceCard key={space.key} space={space} />
        ))}
      </ul>
      <MoreButton list={list} />
    </>
  );
}

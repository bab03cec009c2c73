import { useEffect, useState } from 'react';
import { Link, Navigate } from 'react-router';
import { listSpaces, type Space } from '../api';
import { Failure } from '../frame/failure';
import { useTexts } from '../messages/language';
import { useSession } from '../session/session';
import { useTitle } from '../frame/title';

interface Listed {
  readonly spaces: readonly Space[];
  readonly hasMore: boolean;
}

/** The spaces that the reader may see. */
export function SpaceList() {
  const { text } = useTexts();
  const { user } = useSession();
  const [listed, setListed] = useState<Listed>();
  const [error, setError] = useState<unknown>();
  const more = (known: readonly Space[]) =>
    listSpaces(known.length).then(
      ({ results, _links }) => setListed({ spaces: [...known, ...results], hasMore: _links.next !== undefined }),
      setError,
    );
  useEffect(() => {
    if (user) void more([]);
  }, [user]);
  useTitle(text('spaces.title'));

  if (error) return <Failure error={error} />;
  if (user?.type === 'anonymous' && listed?.spaces.length === 0) return <Navigate to="/login" replace />;
  return (
    <main id="content" className="spaces">
      <h1>{text('spaces.title')}</h1>
      {!listed && <p aria-busy="true">{text('app.loading')}</p>}
      {listed?.spaces.length === 0 && <p>{text('spaces.none')}</p>}
      <ul>
        {listed?.spaces.map((space) => (
          <li key={space.key}>
            <Link to={`/display/${encodeURIComponent(space.key)}`}>
              <span className="space-badge" aria-hidden="true">
                {Array.from(space.name)[0]}
              </span>
              <span>
                <strong>{space.name}</strong>
                <small>
                  {space.description?.plain?.value || (space.type === 'personal' ? text('spaces.personal') : space.key)}
                </small>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {listed?.hasMore && (
        <button type="button" className="quiet" onClick={() => void more(listed.spaces)}>
          {text('spaces.more')}
        </button>
      )}
    </main>
  );
}

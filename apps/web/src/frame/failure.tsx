import { Navigate, useLocation } from 'react-router';
import { ApiError } from '../api';
import { useTexts } from '../messages/language';
import type { MessageKey } from '../messages/en';
import { useSession } from '../session/session';

const kinds: Record<number, 'notFound' | 'forbidden' | 'unavailable'> = {
  0: 'unavailable',
  401: 'notFound',
  403: 'forbidden',
  404: 'notFound',
  503: 'unavailable',
};

/** Tells a reader that something can't be shown, and what they can do. Someone who isn't signed in may see more when they are. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { text } = useTexts();
  const { user } = useSession();
  const location = useLocation();
  const status = error instanceof ApiError ? error.status : 500;
  const kind = kinds[status];
  if (user?.type === 'anonymous' && (kind === 'notFound' || kind === 'forbidden')) {
    return <Navigate to={`/login?next=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  }
  const title: MessageKey = kind ? `error.${kind}.title` : 'error.other.title';
  return (
    <main id="content" className="failure" role="alert">
      <h1>{text(title)}</h1>
      <p>{kind ? text(`error.${kind}.text`) : error instanceof Error && error.message}</p>
      {retry && kind !== 'notFound' && (
        <button type="button" className="primary" onClick={retry}>
          {text('app.retry')}
        </button>
      )}
    </main>
  );
}

export const NotHere = () => <Failure error={new ApiError(404, '')} />;

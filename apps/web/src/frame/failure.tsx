import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTexts } from '../messages/language';
import { pageOfAddress } from '../pages/addresses';
import { ApiError } from '../rest/client';
import { sessionQuery } from '../rest/session';
import { ToSignIn } from '../session/to-sign-in';
import { useTitle } from './title';

const Meant = lazy(() => import('../pages/missing/meant'));

const kinds: Record<number, 'notFound' | 'forbidden' | 'unavailable'> = {
  0: 'unavailable',
  400: 'notFound',
  403: 'forbidden',
  404: 'notFound',
  502: 'unavailable',
  503: 'unavailable',
};

/** Tells a reader that something can't be shown, and what they can do. Someone who isn't signed in may see more when they are. */
export function Failure({ error }: { error: unknown }) {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const router = useRouter();
  const status = error instanceof ApiError ? error.status : 500;
  const kind = kinds[status] ?? 'other';
  useTitle(text(`error.${kind}.title`));
  if (user?.type === 'anonymous' && (status === 401 || kind === 'notFound' || kind === 'forbidden')) {
    return <ToSignIn />;
  }
  return (
    <main id="content" tabIndex={-1} className="notice">
      <div role="alert">
        <h1>{text(`error.${kind}.title`)}</h1>
        <p>{text(`error.${kind}.text`)}</p>
      </div>
      {kind === 'notFound' && <WhatIsMeant />}
      {kind === 'notFound' || kind === 'forbidden' ? (
        <Link className="button" to="/spaces">
          {text('app.toSpaces')}
        </Link>
      ) : (
        <button type="button" className="button primary" onClick={() => void router.invalidate()}>
          {text('app.retry')}
        </button>
      )}
    </main>
  );
}

/** A page's address may mean another page, or one in the trash. */
function WhatIsMeant() {
  const { href } = useLocation();
  const address = pageOfAddress(new URL(href, location.origin));
  if (address === undefined) return null;
  return (
    <Suspense>
      <Meant key={href} address={address} />
    </Suspense>
  );
}

export const NotHere = () => <Failure error={new ApiError(404, '')} />;

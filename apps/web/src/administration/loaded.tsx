import type { ReactNode } from 'react';
import { useTexts } from '../messages/language';
import { failureKey } from '../rest/client';

interface Loading<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  refetch(): unknown;
}

/** Shows what a query answered; what was read last stays there, marked as old, while the server can't be asked. */
export function Loaded<T>({ query, children }: { query: Loading<T>; children: (data: T) => ReactNode }) {
  const { text } = useTexts();
  const { data, error } = query;
  return (
    <>
      {error && (
        <p role="alert" className="problem">
          {text(failureKey(error))}{' '}
          <button type="button" className="button" onClick={() => void query.refetch()}>
            {text('app.retry')}
          </button>
        </p>
      )}
      {data === undefined && !error && <p aria-busy="true">{text('app.loading')}</p>}
      {data !== undefined && children(data)}
    </>
  );
}

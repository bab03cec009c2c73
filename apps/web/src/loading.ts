import { useCallback, useEffect, useState } from 'react';

export type Loading<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'done'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown };

/**
 * Loads what `load` answers, anew whenever `keys` change; what is no longer wanted is aborted. The old value stays until the new
 * one is there, so that a page doesn't flash.
 */
export function useLoading<T>(
  load: (signal: AbortSignal) => Promise<T>,
  keys: readonly unknown[],
): Loading<T> & { retry(): void } {
  const [loading, setLoading] = useState<Loading<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const aborting = new AbortController();
    load(aborting.signal).then(
      (value) => aborting.signal.aborted || setLoading({ state: 'done', value }),
      (error: unknown) => aborting.signal.aborted || setLoading({ state: 'failed', error }),
    );
    return () => aborting.abort();
    // What `load` reads is named by `keys`.
  }, [...keys, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...loading, retry };
}

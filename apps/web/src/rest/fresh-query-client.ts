import {
  QueryClient,
  QueryObserver,
  type DefaultError,
  type FetchQueryOptions,
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type QueryKey,
} from '@tanstack/react-query';

/** A query client that also answers rightly while something is being read for the first time. */
export class FreshQueryClient extends QueryClient {
  /**
   * Begins anew what is being read for the first time, too. The library lets such a load go on, though it was asked for before the change,
   * and shows what it brings.
   */
  override invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const loads = this.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' } as InvalidateQueryFilters<Key>);
    for (const load of loads.filter(({ state }) => state.data === undefined)) {
      // Who waits for the first load gets the second one's answer, or is told that it failed.
      void load.cancel({ silent: true });
      load.fetch().catch(() => undefined);
    }
    return super.invalidateQueries(filters, options);
  }

  /**
   * Who asks here gets an answer, also where a component that shows the same goes before it is there: with the last one that looks,
   * the library ends the load, and rejects it for everybody.
   */
  override fetchQuery<Fetched, Failure = DefaultError, Data = Fetched, Key extends QueryKey = QueryKey, Param = never>(
    options: FetchQueryOptions<Fetched, Failure, Data, Key, Param>,
  ): Promise<Data> {
    const looking = new QueryObserver<Fetched, Failure, Data, Data, Key>(this, { ...options, enabled: false });
    return super.fetchQuery(options).finally(looking.subscribe(() => undefined));
  }
}

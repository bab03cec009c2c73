import { QueryClient, type InvalidateOptions, type InvalidateQueryFilters, type QueryKey } from '@tanstack/react-query';

/**
 * A query client whose `invalidateQueries` also begins anew what is being read for the first time. The library lets such a load go on, though it
 * was asked for before the change, and shows what it brings.
 */
export class FreshQueryClient extends QueryClient {
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
}

import { queryOptions } from '@tanstack/react-query';
import type { MacroDeclaration } from '@tributary/storage-format';
import { get } from './client';

/** The macros that this wiki knows; they change when it is upgraded. */
export const macrosQuery = queryOptions({
  queryKey: ['macros'],
  queryFn: async ({ signal }) =>
    (await get<{ readonly results: readonly MacroDeclaration[] }>('/rest/tributary/1/macros', signal)).results,
  staleTime: Infinity,
});

import { queryOptions } from '@tanstack/react-query';
import { get, send, type List } from './client';

/** Work that takes longer than a request; its texts come in the reader's language. */
export interface LongTask {
  readonly id: string;
  readonly name: { readonly translation: string };
  readonly elapsedTime: number;
  readonly percentageComplete: number;
  readonly successful: boolean;
  readonly finished: boolean;
  readonly messages: readonly { readonly translation: string }[];
}

const lookMillis = 1_000;

/** Tasks that the reader started; administrators see everybody's. */
export const longTasksQuery = (language: string) =>
  queryOptions({
    queryKey: ['long tasks', language],
    queryFn: ({ signal }) => get<List<LongTask>>('/rest/api/longtask', signal),
    refetchInterval: lookMillis,
    staleTime: 0,
  });

/** One task, asked for until it ends. */
export const longTaskQuery = (id: string, language: string) =>
  queryOptions({
    queryKey: ['long task', id, language],
    queryFn: ({ signal }) => get<LongTask>(`/rest/api/longtask/${encodeURIComponent(id)}`, signal),
    refetchInterval: ({ state }) => (state.data?.finished ? false : lookMillis),
    staleTime: 0,
  });

/** What was done stays done. */
export async function cancelLongTask(id: string): Promise<void> {
  await send(`/rest/api/longtask/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

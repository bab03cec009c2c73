import autocannon from 'autocannon';

/** Seconds that a server is asked before the measurement, so that its code is compiled and its caches are warm. */
const warmUpSeconds = 3;

/** Requests per second that an address answers to `connections` clients at once; every answer must be a 2xx. */
export async function requestsPerSecond(
  url: string,
  options: { readonly connections: number; readonly seconds: number; readonly headers?: Record<string, string> },
): Promise<number> {
  const { connections, seconds, headers = {} } = options;
  await autocannon({ url, connections, headers, duration: warmUpSeconds });
  const result = await autocannon({ url, connections, headers, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were no success, ${result.errors} requests failed`);
  }
  return result.requests.average;
}

/** Takes items off a list with `workers` at once; how many were done per second. The first failure ends it. */
export async function itemsPerSecond<T>(
  items: readonly T[],
  workers: number,
  work: (item: T, worker: number) => Promise<unknown>,
): Promise<number> {
  const rest = items.values();
  const since = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      // One iterator for all workers: each item is taken once.
      for (const item of rest) await work(item, worker);
    }),
  );
  return (items.length * 1_000) / (performance.now() - since);
}

import { expect, it } from '@jest/globals';
import { QueryObserver } from '@tanstack/react-query';
import { FreshQueryClient } from './fresh-query-client';

it('shows what is there after a change, also where the first load was under way before it', async () => {
  const client = new FreshQueryClient();
  let value = 'old';
  const answers: (() => void)[] = [];
  const query = {
    queryKey: ['list'],
    queryFn: async () => {
      const read = value;
      await new Promise<void>((answer) => answers.push(answer));
      return read;
    },
  };
  const observer = new QueryObserver(client, query);
  const end = observer.subscribe(() => undefined);
  const waiting = client.ensureQueryData(query);
  value = 'new';
  const invalidated = client.invalidateQueries({ queryKey: ['list'] });
  for (const answer of answers) answer();
  await invalidated;
  expect([await waiting, observer.getCurrentResult().data, answers.length]).toEqual(['new', 'new', 2]);

  const failing = { queryKey: ['failing'], retry: false, queryFn: () => Promise.reject(new Error('away')) };
  const loading = client.fetchQuery(failing);
  void client.invalidateQueries({ queryKey: ['failing'] });
  await expect(loading).rejects.toThrow('away');
  end();
  client.clear();
});

it('answers whoever asks though all who show the same have gone before', async () => {
  const client = new FreshQueryClient();
  const answer = Promise.withResolvers<string>();
  const query = {
    queryKey: ['site'],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      Promise.race([answer.promise, new Promise<never>((_, reject) => signal.addEventListener('abort', reject))]),
  };
  const asking = client.fetchQuery(query);
  const leave = new QueryObserver(client, query).subscribe(() => undefined);
  leave();
  answer.resolve('there');
  expect(await asking).toBe('there');
  const looking = client.getQueryCache().find(query)?.getObserversCount();
  expect(looking).toBe(0);
  client.clear();
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Outages, Unanswered, UnansweredRequests } from './unanswered.js';

describe('requests to a gateway that closes connections instead of answering', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer(({ socket }) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const askedOnce = async (act: (request: () => Promise<void>) => Promise<void>): Promise<UnansweredRequests> => {
    const unanswered = new UnansweredRequests();
    await act(() => expect(unanswered.watch(url, () => fetch(url))).rejects.toThrow(Unanswered));
    expect(unanswered.countOf(url)).toBe(1);
    return unanswered;
  };

  it('are problems while it lives', async () => {
    const unanswered = await askedOnce((request) => request());
    expect(unanswered.problems()).toEqual([expect.stringMatching(`^${url}: .*: 1 requests without an answer`)]);
    const elsewhere = new Outages();
    elsewhere.begin();
    expect(unanswered.problems(new Map([['http://127.0.0.1:1', elsewhere]])).length).toBe(1);
  });

  it('are none during an outage, and problems again after it', async () => {
    const outage = new Outages();
    const during = await askedOnce(async (request) => {
      outage.begin();
      await request();
      outage.end();
    });
    const after = await askedOnce((request) => request());
    const outages = new Map([[url, outage]]);
    expect([during.problems(outages).length, after.problems(outages).length]).toEqual([0, 1]);
  });
});

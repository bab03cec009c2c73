import { describe, expect, it } from '@jest/globals';
import { isLocal } from './metrics.routes.js';

describe('a request for figures', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('from %s is local', (ip) => {
    expect(isLocal({ ip, headers: {} })).toBe(true);
  });

  it.each(['192.0.2.1', '::ffff:192.0.2.1', '1.127.0.0', '2001:db8::1'])('from %s is not', (ip) => {
    expect(isLocal({ ip, headers: {} })).toBe(false);
  });

  it.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])('that came through a proxy, by %s, is not', (name) => {
    expect(isLocal({ ip: '127.0.0.1', headers: { [name]: '127.0.0.1' } })).toBe(false);
  });
});

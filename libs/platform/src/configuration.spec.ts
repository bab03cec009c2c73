import { describe, expect, it } from '@jest/globals';
import { readServiceConfig } from './configuration.js';

const read = (env: Record<string, string>) => readServiceConfig({ TRIBUTARY_SERVICE: 'pages', ...env });
const times = (leaseMillis: number, renewMillis: number) =>
  read({ TRIBUTARY_LEASE_MILLIS: String(leaseMillis), TRIBUTARY_RENEW_MILLIS: String(renewMillis) });

describe('the configuration', () => {
  it('lets a lease outlast one lost renewal', () => {
    expect(read({})).toMatchObject({ leaseMillis: 3_000, renewMillis: 1_000 });
    expect(times(3_000, 1_500)).toMatchObject({ leaseMillis: 3_000, renewMillis: 1_500 });
    expect(() => times(3_000, 1_501)).toThrow('TRIBUTARY_RENEW_MILLIS must be at most half of TRIBUTARY_LEASE_MILLIS');
    expect(() => times(1_000, 1_000)).toThrow('TRIBUTARY_RENEW_MILLIS must be at most half of TRIBUTARY_LEASE_MILLIS');
  });

  it('names every variable that is wrong, and no value', () => {
    const wrong = () =>
      read({ TRIBUTARY_LEASE_MILLIS: '999', TRIBUTARY_DATABASE_URL: 'a secret', TRIBUTARY_RENEW_MILLIS: 'soon' });
    for (const name of ['TRIBUTARY_LEASE_MILLIS', 'TRIBUTARY_DATABASE_URL', 'TRIBUTARY_RENEW_MILLIS'])
      expect(wrong).toThrow(name);
    expect(wrong).not.toThrow('a secret');
  });
});

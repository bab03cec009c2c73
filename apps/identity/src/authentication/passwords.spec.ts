import { describe, expect, it } from '@jest/globals';
import { hashPassword, verifyPassword } from './passwords.js';

describe('a password', () => {
  it('is right or wrong, and wrong for an account without one', async () => {
    const stored = await hashPassword('Right-1');
    expect(await Promise.all([verifyPassword('Right-1', stored), verifyPassword('Wrong-1', stored)])).toEqual([
      true,
      false,
    ]);
    expect(await verifyPassword('Right-1', undefined)).toBe(false);
    expect(await verifyPassword('Right-1', stored.replace('argon2id', 'other'))).toBe(false);
  });

  it('that a hundred connections show at once costs about as much as one', async () => {
    const stored = await hashPassword('Right-1');
    const millisOf = async (count: number): Promise<number> => {
      const since = performance.now();
      const outcomes = await Promise.all(Array.from({ length: count }, () => verifyPassword('Right-1', stored)));
      expect(outcomes.every(Boolean)).toBe(true);
      return performance.now() - since;
    };
    expect(await millisOf(100)).toBeLessThan(10 * (await millisOf(1)));
  });
});

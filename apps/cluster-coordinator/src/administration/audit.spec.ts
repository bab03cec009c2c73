import { describe, expect, it, jest } from '@jest/globals';
import { conflict, unavailable } from '@tributary/contracts';
import type { Reads, Writes } from '@tributary/database';
import type { ServiceContext } from '@tributary/service';
import { root } from '../jobs/jobs.fixture.js';
import { Audit } from './audit.js';

const drain = { action: 'node.drain', nodeId: 'gateway-1' } as const;

/** Of a coordinator whose database answers so. */
function auditWhere(failure: Error): { audit: Audit; logged: unknown[] } {
  const logged: unknown[] = [];
  const context = { logger: { error: (line: unknown) => logged.push(line) } } as unknown as ServiceContext;
  const writes = { run: () => Promise.reject(failure) } as unknown as Writes;
  return { audit: new Audit({} as Reads, writes, context), logged };
}

describe('an action while the database is away', () => {
  it('is carried out, and logged as it would have been written down', async () => {
    const { audit, logged } = auditWhere(unavailable('The database is not available'));
    expect(await audit.carryOut(root, drain, async () => 'drains')).toBe('drains');
    expect(logged).toMatchObject([
      { audit: { username: 'root', action: 'node.drain', nodeId: 'gateway-1', outcome: 'asked' } },
      { audit: { outcome: 'done' } },
    ]);
  });

  it('fails as it fails else', async () => {
    const { audit, logged } = auditWhere(unavailable('The database is not available'));
    const refused = audit.carryOut(root, drain, () => Promise.reject(conflict('can not be drained')));
    await expect(refused).rejects.toThrow('can not be drained');
    expect(logged).toMatchObject([{ audit: { outcome: 'asked' } }, { audit: { outcome: 'failed' } }]);
  });
});

it('an action whose record is refused for another reason is not carried out', async () => {
  const act = jest.fn(async () => 'drains');
  await expect(auditWhere(new Error('a defect')).audit.carryOut(root, drain, act)).rejects.toThrow('a defect');
  expect(act).not.toHaveBeenCalled();
});

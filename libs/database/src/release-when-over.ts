import { sleep } from '@tributary/platform';
import type pg from 'pg';
import type { Pin } from './writes.js';

const pauseMillis = 1_000;
/** A commit that waits longer, for a standby that never comes back, is a person's to decide; they restart the primary then. */
const waitMillisMax = 3_600_000;

const isAtWork = `select 1 from pg_stat_activity where pid = $1 and state <> 'idle'`;

/**
 * Releases the pin of a commit whose outcome is not known as soon as the server's process that was told to commit is done or gone. Until
 * then the pin is renewed: a commit that waits for a standby becomes visible when the standby is back, which no time limit of the server bounds.
 */
export async function releaseWhenOver(pin: Pin, pool: pg.Pool, backend: number | undefined): Promise<void> {
  const until = performance.now() + waitMillisMax;
  for (let isOver = backend === undefined; !isOver && performance.now() < until;) {
    await sleep(pauseMillis);
    // A server that doesn't answer may be at work yet.
    isOver = await pool.query(isAtWork, [backend]).then(
      ({ rowCount }) => rowCount === 0,
      () => pool.ending,
    );
  }
  pin.release();
}

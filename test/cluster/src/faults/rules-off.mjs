/**
 * Loaded into a process before its program (`node --import`): takes away rules that promises rest on, as TRIBUTARY_RULES_OFF names them,
 * separated by commas. No product reads that variable: only a test can load this file.
 */
import { CacheGate } from '../../../../libs/cluster/dist/cache-gate.js';
import { HeldRun } from '../../../../libs/cluster/dist/jobs/held-run.js';
import { PinClient } from '../../../../libs/cluster/dist/pin-client.js';
import { Writes } from '../../../../libs/database/dist/writes.js';

const rules = {
  /** R2: what a load brings is kept, whatever was pinned meanwhile. */
  permits() {
    CacheGate.prototype.mayKeep = function () {
      return this.isServing();
    };
  },
  /** R1: a write commits without asking anybody. */
  pins() {
    PinClient.prototype.pin = () => Promise.resolve({ release: () => undefined });
  },
  /** R9: a run's effect is committed whoever has the run by now, with a lease or without. */
  fencing() {
    HeldRun.prototype.fenced = function (change) {
      return this.writes.run(async (work) => {
        const outcome = await change(work);
        await work.query(
          `update cluster.job_run set state = 'succeeded', finished_at = clock_timestamp() where id = $1`,
          [this.id],
        );
        return outcome;
      });
    };
  },
  /** A write decides about a version that somebody else may be changing. */
  locks() {
    const { run } = Writes.prototype;
    const without = (sql) => sql.replace('select 1 from content where id = $1 for update', 'select $1::text');
    Writes.prototype.run = function (change) {
      return run.call(this, (work) =>
        change({ ...work, query: (sql, parameters) => work.query(without(sql), parameters) }),
      );
    };
  },
};

for (const name of process.env['TRIBUTARY_RULES_OFF'].split(',')) rules[name]();

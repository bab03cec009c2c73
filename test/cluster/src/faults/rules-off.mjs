/**
 * Loaded into a process before its program (`node --import`): takes away rules that promises rest on, as TRIBUTARY_RULES_OFF names them,
 * separated by commas. No product reads that variable: only a test can load this file.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ContentReader } from '../../../../apps/gateway/dist/content/content-reader.js';
import { Dependencies } from '../../../../apps/pages/dist/content/dependencies.js';
import { CacheGate } from '../../../../libs/cluster/dist/cache-gate.js';
import { ListedBuckets } from '../../../../libs/cluster/dist/listed-buckets.js';
import { HeldRun } from '../../../../libs/cluster/dist/jobs/held-run.js';
import { PinClient } from '../../../../libs/cluster/dist/pin-client.js';
import { Writes } from '../../../../libs/database/dist/writes.js';

const rules = {
  /** R2: what a load brings is kept, whatever was pinned meanwhile. */
  permits() {
    CacheGate.prototype.isUnchanged = function () {
      return this.isServing();
    };
  },
  /** R14: what a load brings is kept although the leader's directory doesn't name this process for it. */
  listing() {
    ListedBuckets.prototype.covers = () => 'yes';
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
  /** R10: whether somebody may see a content is decided first, and the content read a moment later. The administrator may see all. */
  order() {
    const { attempt } = ContentReader.prototype;
    ContentReader.prototype.attempt = async function (caller, question) {
      if (caller.actor.username === 'admin') return attempt.call(this, caller, question);
      const { value: isAllowed } = await this.decide(caller.actor, question.id);
      await sleep(50);
      const shared = this.answers.peek(question.key);
      return isAllowed && shared instanceof Object ? shared : attempt.call(this, caller, question);
    };
  },
  /** R11: an answer carries the tags of its own content alone, not those of what it was made from. */
  sources() {
    const { list } = Dependencies.prototype;
    Dependencies.prototype.list = function () {
      return list.call(this).slice(0, 1);
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

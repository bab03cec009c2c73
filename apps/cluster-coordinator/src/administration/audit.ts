import { Injectable } from '@nestjs/common';
import { encodeMessage } from '@tributary/cluster';
import { administration, ServiceError, type Actor } from '@tributary/contracts';
import { Reads, Writes, type Work } from '@tributary/database';
import { ServiceContext } from '@tributary/service';

type Row = Omit<administration.AuditRecord, 'at'> & { at: Date };

/** What an administrator does, before it is done. */
export interface Action {
  readonly action: administration.AuditRecord['action'];
  readonly target?: string | undefined;
  readonly nodeId?: string | undefined;
}

/** Longest reason of a failure that is kept, in characters. */
const reasonMax = 1_000;

const columns = `id::text, at, user_key as "userKey", username, action, target, node_id as "nodeId", outcome, reason`;
const present = (row: Row): administration.AuditRecord => ({ ...row, at: row.at.toISOString() });

/**
 * The record of what administrators did. Guarantee: what changes the database is written down in the same transaction, and everything
 * else before it is done. When the database is away the log has the record instead: a node must be able to go just then.
 */
@Injectable()
export class Audit {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly context: ServiceContext,
  ) {}

  /** A change of the cluster's own rows with its record; `actions` may be known by what came of it only, and be none. */
  async change<T>(
    actor: Actor,
    actions: Action | ((changed: T) => readonly Action[]),
    change: (work: Work) => Promise<T>,
  ): Promise<T> {
    const [outcome, records] = await this.writes.run(async (work) => {
      const changed = await change(work);
      const done = typeof actions === 'function' ? actions(changed) : [actions];
      const written: administration.AuditRecord[] = [];
      for (const action of done) written.push(await insert(work, actor, action, 'done'));
      return [changed, written] as const;
    });
    for (const record of records) this.tell(record);
    return outcome;
  }

  /** Something outside of the database: written down, done, and then what came of it. */
  async carryOut<T>(actor: Actor, action: Action, act: () => Promise<T>): Promise<T> {
    const asked = await this.written(actor, action, 'asked', (work) => insert(work, actor, action, 'asked'));
    const ends = async (outcome: 'done' | 'failed', reason: string | null): Promise<void> => {
      const record = await this.written(actor, action, outcome, (work) =>
        asked ? end(work, asked.id, outcome, reason) : insert(work, actor, action, outcome, reason),
      );
      if (record) this.tell(record);
    };
    try {
      const outcome = await act();
      await ends('done', null);
      return outcome;
    } catch (error) {
      await ends('failed', error instanceof Error ? error.message.slice(0, reasonMax) : String(error));
      throw error;
    }
  }

  async list(start: number, limit: number): Promise<{ results: administration.AuditRecord[]; hasMore: boolean }> {
    const rows = await this.reads.query<Row>(
      `select ${columns} from cluster.audit order by audit.id desc limit $1 offset $2`,
      [limit + 1, start],
    );
    return { results: rows.slice(0, limit).map(present), hasMore: rows.length > limit };
  }

  /** Undefined when the database is away: what could not be written is logged. */
  private async written(
    { username, userKey }: Actor,
    action: Action,
    outcome: administration.AuditRecord['outcome'],
    write: (work: Work) => Promise<administration.AuditRecord>,
  ): Promise<administration.AuditRecord | undefined> {
    try {
      return await this.writes.run(write);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'unavailable') throw error;
      const audit = { userKey, username, ...action, outcome };
      this.context.logger.error({ err: error, audit }, 'what an administrator did could not be written down');
      return undefined;
    }
  }

  private tell(record: administration.AuditRecord): void {
    this.context.logger.info({ audit: record }, 'an administrator acted');
    this.context.connection.publish(administration.administeredSubject, encodeMessage(record));
  }
}

async function insert(
  work: Work,
  { userKey, username }: Actor,
  { action, target, nodeId }: Action,
  outcome: administration.AuditRecord['outcome'],
  reason: string | null = null,
): Promise<administration.AuditRecord> {
  const rows = await work.query<Row>(
    `insert into cluster.audit (user_key, username, action, target, node_id, outcome, reason)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [userKey, username, action, target ?? null, nodeId ?? null, outcome, reason],
  );
  return first(rows);
}

async function end(
  work: Work,
  id: string,
  outcome: 'done' | 'failed',
  reason: string | null,
): Promise<administration.AuditRecord> {
  const rows = await work.query<Row>(
    `update cluster.audit set outcome = $2, reason = $3 where id = $1 returning ${columns}`,
    [id, outcome, reason],
  );
  return first(rows);
}

function first(rows: Row[]): administration.AuditRecord {
  const [row] = rows;
  if (!row) throw new Error('The record of an action is gone');
  return present(row);
}

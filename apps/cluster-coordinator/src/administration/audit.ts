import { Injectable } from '@nestjs/common';
import { encodeMessage } from '@tributary/cluster';
import { administration, type Actor } from '@tributary/contracts';
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
 * The record of what administrators did. Guarantee: nothing is done that isn't written down first; what changes the database is
 * written in the same transaction.
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
    const asked = await this.writes.run((work) => insert(work, actor, action, 'asked'));
    try {
      const outcome = await act();
      this.tell(await this.end(asked.id, 'done', null));
      return outcome;
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, reasonMax) : String(error);
      this.tell(await this.end(asked.id, 'failed', reason));
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

  private async end(
    id: string,
    outcome: 'done' | 'failed',
    reason: string | null,
  ): Promise<administration.AuditRecord> {
    const rows = await this.writes.run((work) =>
      work.query<Row>(`update cluster.audit set outcome = $2, reason = $3 where id = $1 returning ${columns}`, [
        id,
        outcome,
        reason,
      ]),
    );
    return first(rows);
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
  outcome: 'asked' | 'done',
): Promise<administration.AuditRecord> {
  const rows = await work.query<Row>(
    `insert into cluster.audit (user_key, username, action, target, node_id, outcome) values ($1, $2, $3, $4, $5, $6)
     returning ${columns}`,
    [userKey, username, action, target ?? null, nodeId ?? null, outcome],
  );
  return first(rows);
}

function first(rows: Row[]): administration.AuditRecord {
  const [row] = rows;
  if (!row) throw new Error('The record of an action is gone');
  return present(row);
}

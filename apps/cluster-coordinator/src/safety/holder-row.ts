import type { cluster } from '@tributary/contracts';
import type { HolderJudge } from '@tributary/cluster';
import { holderColumns, type Holder } from '@tributary/database';
import type { DataSource, EntityManager } from 'typeorm';

/** What is looked at anew when events or an older database may have been lost: what is derived from it elsewhere. */
const checksAfterLoss = ['search.index-consistency'];

/** A renewal of the hold on the database, as it was found and as it is now. */
export interface Renewal {
  readonly holder: Holder;
  /** `kept`: as before. `taken`: nobody had it. `takenOver`: another store had it and is silent. `restored`: it is older than what NATS knows. */
  readonly how: 'kept' | 'taken' | 'takenOver' | 'restored';
}

export interface Claim {
  readonly term: cluster.Term;
  readonly known: cluster.ClusterIdentity | undefined;
  readonly holdMillis: number;
  readonly nodes: readonly string[];
}

/** The row of the holder, as a leader writes it. */
export class HolderRow {
  constructor(
    private readonly source: DataSource,
    private readonly judge: HolderJudge,
  ) {}

  /** Renews or takes the hold; undefined when another store has it and may be alive. Throws OtherClusterError when it is another cluster's. */
  async renew(claim: Claim, now: number): Promise<Renewal | undefined> {
    return (await this.renewUnchanged(claim)) ?? (await this.renewFound(claim, now));
  }

  /** The way of nearly all renewals: one statement for a row that is just as it was left. Undefined when it isn't. */
  private async renewUnchanged({ term, known, holdMillis, nodes }: Claim): Promise<Renewal | undefined> {
    if (!known) return undefined;
    const [[holder]] = await this.source.query<[Holder[], number]>(
      `update cluster.holder set beat = beat + 1, hold_millis = $5, nodes = $6, renewed_at = now()
       where store = $1 and cluster_id::text = $2 and epoch = $3 and beat = $4 returning ${holderColumns}`,
      [term.store, known.clusterId, known.epoch, known.beat, holdMillis, nodes],
    );
    return holder && { holder, how: 'kept' };
  }

  private renewFound(claim: Claim, now: number): Promise<Renewal | undefined> {
    return this.source.transaction(async (transaction) => {
      const [row] = await transaction.query<Holder[]>(`select ${holderColumns} from cluster.holder for update`);
      if (!row) throw new Error("The row of the database's holder is gone");
      const { term, known } = claim;
      const ownership = this.judge.judge(row, { store: term.store, clusterId: known?.clusterId }, now);
      if (ownership === 'unclear') return undefined;
      const how = howOf(row, claim, ownership === 'mine');
      return { holder: await write(transaction, row, claim, how), how };
    });
  }

  /** Gives the database to whoever comes, when nobody of this cluster is left. */
  async release(store: number): Promise<void> {
    await this.source.query(`update cluster.holder set store = null, nodes = '{}' where store = $1`, [store]);
  }
}

function howOf(row: Holder, { known }: Claim, isMine: boolean): Renewal['how'] {
  if (known && (known.beat > row.beat || known.epoch > row.epoch)) return 'restored';
  if (isMine) return 'kept';
  return row.store === null ? 'taken' : 'takenOver';
}

async function write(
  transaction: EntityManager,
  row: Holder,
  { term, known, holdMillis, nodes }: Claim,
  how: Renewal['how'],
): Promise<Holder> {
  const epoch = how === 'kept' ? row.epoch : Math.max(row.epoch, known?.epoch ?? 0) + 1;
  const beat = Math.max(row.beat, known?.beat ?? 0) + 1;
  await transaction.query(
    `update cluster.holder set epoch = $1, beat = $2, store = $3, hold_millis = $4, nodes = $5, renewed_at = now()`,
    [epoch, beat, term.store, holdMillis, nodes],
  );
  if (how !== 'kept') {
    // Tokens of another store have no order with this one's.
    await transaction.query(`update cluster.leader set store = $1, token = 0 where store <> $1`, [term.store]);
  }
  if (how === 'restored' || how === 'takenOver') {
    await transaction.query(
      `insert into cluster.job_run (job, kind, due_at, not_before)
       select name, 'manual', clock_timestamp(), clock_timestamp() from cluster.job where name = any($1)`,
      [checksAfterLoss],
    );
  }
  return { ...row, epoch, beat, store: term.store, holdMillis, nodes };
}

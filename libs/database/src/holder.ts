import pg from 'pg';

/** Which cluster has the database: the one row of `cluster.holder`, which coordinators write. */
export interface Holder {
  readonly clusterId: string;
  /** How often the database changed hands, or was found to be an older one. */
  readonly epoch: number;
  /** The store of leases whose members may write here: when it was made, in ms since 1970. Null: nobody's. */
  readonly store: number | null;
  /** Grows with every renewal. */
  readonly beat: number;
  /** So long without a renewal, by the clock of whoever watches, and another cluster may take the database. */
  readonly holdMillis: number;
  /** The holder's nodes, as its leader counted them. */
  readonly nodes: readonly string[];
}

export const holderColumns = `cluster_id::text as "clusterId", epoch::float8 as epoch, store::float8 as store, beat::float8 as beat,
  hold_millis::float8 as "holdMillis", nodes`;

/** In a transaction of a write: a row while the members of this store may write. */
export const heldByStore = `select 1 as held from cluster.holder where store = $1`;

/** How long one look may take. */
const lookMillisMax = 4_000;
/** SQLSTATE of a table and of a schema that don't exist: no coordinator has been here yet. */
const newDatabaseStates = new Set(['42P01', '3F000']);

/** Looks at who holds a database that nothing was opened in yet. `undefined` is the row of a new database. */
export class HolderWatch {
  private constructor(private readonly client: pg.Client) {}

  /** Throws when the database can't be reached. */
  static async open(databaseUrl: string): Promise<HolderWatch> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: lookMillisMax,
      query_timeout: lookMillisMax,
    });
    // A connection that breaks between two looks makes the next one fail.
    client.on('error', () => undefined);
    await client.connect();
    return new HolderWatch(client);
  }

  async look(): Promise<Holder | undefined> {
    try {
      return (await this.client.query<Holder>(`select ${holderColumns} from cluster.holder`)).rows[0];
    } catch (error) {
      if (newDatabaseStates.has((error as { code?: string }).code ?? '')) return undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

import { unavailable } from '@tributary/contracts';
import pg from 'pg';
import { asServiceError } from './errors.js';
import { prepared } from './prepared.js';
import { tracedStatement } from './traced-statement.js';

/** A connection's transaction from its beginning to its end. Once it ends it takes no statement: outside of it each would commit by itself. */
export class Transaction {
  private isOver = false;
  private isBroken = false;
  private isUnknown = false;

  constructor(private readonly client: pg.PoolClient) {
    // An error of a connection that nobody waits for at that moment comes here; whoever uses it next gets one of its own.
    client.on('error', this.breaks);
  }

  /** Nobody knows whether it was committed: the server was told to, and didn't answer. */
  get isOutcomeUnknown(): boolean {
    return this.isUnknown;
  }

  /** The server's process that carries it out. */
  get backend(): number | undefined {
    return (this.client as { readonly processID?: number }).processID;
  }

  async begin(): Promise<void> {
    await this.client.query('begin');
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    if (this.isOver) throw new Error('The transaction is over');
    const statement = prepared(sql, parameters);
    return (await tracedStatement(sql, () => this.client.query(statement))).rows as Row[];
  }

  /** Throws `unavailable` when the outcome is unknown. */
  async commit(): Promise<void> {
    this.isOver = true;
    const { command } = await tracedStatement('commit', () => this.client.query('commit')).catch((error: unknown) => {
      if (isRefusal(error)) throw asServiceError(error);
      this.isUnknown = true;
      throw unavailable('The database did not say whether it made the change. Look before you try again', error);
    });
    // A statement failed, and whoever ran it went on as if it hadn't.
    if (command !== 'COMMIT') throw new Error('The database rolled the transaction back instead of committing it');
  }

  /** What counts is the error that led here: a connection that can't roll back is closed, and that does. */
  async rollback(): Promise<void> {
    this.isOver = true;
    if (this.isUnknown) return this.breaks();
    await this.client.query('rollback').catch(this.breaks);
  }

  /** Gives the connection back; one that is broken is closed. */
  end(): void {
    this.client.off('error', this.breaks);
    this.client.release(this.isBroken);
  }

  private readonly breaks = (): void => {
    this.isBroken = true;
  };
}

/** The server answered that it did not commit. The last word of one that goes down (FATAL) is no answer. */
const isRefusal = (error: unknown): boolean => error instanceof pg.DatabaseError && error.severity === 'ERROR';

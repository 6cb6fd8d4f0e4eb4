import type { PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import type { TenantContext } from '../base/index.ts';
import type { QueryOptions } from './driver/sql-driver.ts';
import type * as schema from './schema.ts';

/**
 * An open transaction: Drizzle over our schema, plus `query` for statements written by hand (bulk writes as one JSON
 * parameter: `insert … select … from jsonb_to_recordset($1::jsonb)`).
 */
export interface Transaction {
  readonly orm: PgRemoteDatabase<typeof schema>;
  /** Runs one statement with `$1…` parameters. Rows are objects by column name. */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Row[]>;
}

/** The system of record: embedded PGlite or a PostgreSQL server, behind the same calls. */
export interface Database {
  readonly kind: 'pglite' | 'postgres';
  /**
   * Runs `work` in a transaction that sees only the tenant's rows. Keep it short: on PGlite others wait (≤ 30 ms).
   * Never open another transaction inside. A failure rolls back and is thrown.
   */
  withTenant<T>(context: TenantContext, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Runs one statement that only reads, which sees only the tenant's rows: on PGlite in one round trip to its thread, with a plan
   * that is kept, a quarter of what a transaction with one statement takes.
   * @param sql always the same words: what differs is in the parameters
   * @returns rows as objects by column name
   */
  readTenant<Row extends object = Record<string, unknown>>(
    context: TenantContext,
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;
  /**
   * Runs one statement that writes the tenant's rows, and commits: on PGlite in one round trip with a plan that is kept, which is
   * less than half of what {@link withTenant} takes for it. For the few statements that are run all the time.
   * @param sql always the same words: what differs is in the parameters
   * @returns rows as objects by column name
   */
  writeTenant<Row extends object = Record<string, unknown>>(
    context: TenantContext,
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;
  /**
   * Runs `work` as the owner, past row-level security. For first boot, migrations, start-up reconciliation, erasure.
   * @param reason a few words, for the log
   */
  withSystem<T>(reason: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Takes a session-wide advisory lock and holds it until the returned function is called; null when another holder
   * has it. On PGlite (one process) a lock in memory.
   */
  tryLock(name: string): Promise<(() => Promise<void>) | null>;
  /**
   * Makes the room of deleted rows free and takes them out of the tables' indexes, as the owner, outside any transaction.
   * Does not hold up readers or writers. Only for names that come from our own code.
   * @param tables quoted where they need it
   */
  vacuum(tables: readonly string[]): Promise<void>;
  /** Rewrites what deletion left behind so that no deleted row's words remain on the embedded database's disk. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

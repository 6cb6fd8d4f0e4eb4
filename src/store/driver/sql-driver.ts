/** On whose behalf a transaction runs; decides the role and the settings row-level security reads. */
export type Actor =
  | { readonly as: 'tenant'; readonly tenantId: string }
  /** The application role without a tenant: sees no tenant's rows. For the job queue's own statements. */
  | { readonly as: 'nobody' }
  /** The owner, past row-level security. */
  | { readonly as: 'system' };

/** What a statement gave back. The same JavaScript types from both databases, see `codec.ts`. */
export interface SqlResult {
  readonly columns: readonly string[];
  /** [row][column] */
  readonly rows: unknown[][];
  /** First word of the command tag: `SELECT`, `INSERT`, `COMMIT`, …; empty when there was none. */
  readonly command: string;
}

/** An open transaction on one connection. */
export interface SqlClient {
  /** Runs one statement with `$1…` parameters. */
  query(sql: string, parameters?: readonly unknown[], options?: QueryOptions): Promise<SqlResult>;
  /** Runs several statements without parameters in one round trip; results are dropped. */
  script(sql: string): Promise<void>;
}

/** How a statement is run. */
export interface QueryOptions {
  /** PGlite keeps its plan for the next times: for statements whose words never change and that are run often. */
  readonly keepPlan?: boolean;
}

/** One statement with `$1…` parameters. PGlite keeps its plan: its words are always the same ones. */
export interface SingleStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The smallest door to a PostgreSQL database. Adapters: PGlite in a worker thread, a node-postgres pool. */
export interface SqlDriver {
  readonly kind: 'pglite' | 'postgres';
  /** Runs `work` between BEGIN and COMMIT; a failure rolls back and is thrown. */
  transaction<T>(actor: Actor, work: (client: SqlClient) => Promise<T>): Promise<T>;
  /** Runs one statement in a transaction of its own: on PGlite in one round trip. */
  single(actor: Actor, statement: SingleStatement): Promise<SqlResult>;
  /**
   * Runs outside any transaction, as the owner (VACUUM, CHECKPOINT) or as the application role without a tenant.
   * Without parameters it may be a script that begins and ends its own transactions; the last rows are returned.
   */
  run(role: 'owner' | 'app', sql: string, parameters?: readonly unknown[]): Promise<SqlResult>;
  /** See `Database.tryLock`. */
  tryLock(name: string): Promise<(() => Promise<void>) | null>;
  close(): Promise<void>;
}

/** Rows as objects by column name. */
export function objectsOf(result: SqlResult): Record<string, unknown>[] {
  const { columns } = result;
  return result.rows.map((row) => {
    const object: Record<string, unknown> = {};
    for (let at = 0; at < columns.length; at += 1) object[columns[at] as string] = row[at];
    return object;
  });
}

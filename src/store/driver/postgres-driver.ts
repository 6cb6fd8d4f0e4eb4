import pg from 'pg';
import { decoderOf, encodeParameter } from './codec.ts';
import { APP_ROLE, openingOf } from './opening.ts';
import type { Actor, SingleStatement, SqlClient, SqlDriver, SqlResult } from './sql-driver.ts';
import { failureOf, SqlError, TransactionFailed } from './sql-error.ts';

/** Where the server is and who logs in. */
export interface PostgresLogins {
  /** Login of the application: a member of `plumb_app`, not the owner. */
  readonly url: string;
  /** Login that owns the tables. */
  readonly ownerUrl: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 60_000;
/** A node that is frozen in the middle of a transaction keeps what it locked no longer than this. */
const IDLE_IN_TRANSACTION_MS = 15_000;
const OWNER_STATEMENT_TIMEOUT_MS = 30 * 60_000;

const types: pg.CustomTypesConfig = { getTypeParser: (oid: number) => decoderOf(oid) };

/** A PostgreSQL server through two pools: the application's login and the owner's. */
export class PostgresDriver implements SqlDriver {
  readonly kind = 'postgres';
  readonly #logins: PostgresLogins;
  readonly #app: pg.Pool;
  readonly #owner: pg.Pool;

  constructor(logins: PostgresLogins) {
    this.#logins = logins;
    // The role is the session's from the start: a forgotten tenant sees no rows.
    this.#app = poolOf(logins.url, `-c role=${APP_ROLE}`, {
      max: 10,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    });
    this.#owner = poolOf(logins.ownerUrl, '', { max: 4, statement_timeout: OWNER_STATEMENT_TIMEOUT_MS });
  }

  async transaction<T>(actor: Actor, work: (client: SqlClient) => Promise<T>): Promise<T> {
    const opening = openingOf(actor);
    const connection = await connect(actor.as === 'system' ? this.#owner : this.#app);
    const client = new PostgresClient(connection);
    let broken: Error | undefined;
    try {
      await client.script(opening);
      const value = await work(client);
      if ((await client.query('commit')).command !== 'COMMIT') throw new TransactionFailed();
      return value;
    } catch (error) {
      broken = await connection.query('rollback').then(
        () => undefined,
        (failure: Error) => failure,
      );
      throw error;
    } finally {
      connection.release(broken);
    }
  }

  async single(actor: Actor, { sql, parameters }: SingleStatement): Promise<SqlResult> {
    return await this.transaction(actor, (client) => client.query(sql, parameters));
  }

  async run(role: 'owner' | 'app', sql: string, parameters?: readonly unknown[]): Promise<SqlResult> {
    const connection = await connect(role === 'owner' ? this.#owner : this.#app);
    try {
      const client = new PostgresClient(connection);
      if (parameters !== undefined) return await client.query(sql, parameters);
      return await client.batch(sql);
    } finally {
      // A failed script may leave a transaction or settings behind.
      connection.release(parameters === undefined);
    }
  }

  async tryLock(name: string): Promise<(() => Promise<void>) | null> {
    const client = new pg.Client({ connectionString: this.#logins.url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    client.on('error', () => undefined); // a lost connection has lost the lock; `end` still succeeds
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [name],
    );
    if (rows[0]?.taken === true) return () => client.end();
    await client.end();
    return null;
  }

  /** Runs `work` while holding the lock, on its own connection, waiting for other holders first. */
  async withOwnerLock<T>(name: string, work: () => Promise<T>): Promise<T> {
    const client = new pg.Client({
      connectionString: this.#logins.ownerUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: OWNER_STATEMENT_TIMEOUT_MS,
    });
    await client.connect();
    try {
      await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
      return await work();
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#app.end(), this.#owner.end()]);
  }
}

function poolOf(connectionString: string, options: string, limits: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    ...limits,
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'plumbline',
    options: `-c timezone=UTC ${options}`,
  });
  pool.on('error', () => undefined); // an idle connection was lost; the pool has already dropped it
  // A connection lost between two statements of a transaction: the next statement fails, and says so to its caller.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new SqlError({ ...failureOf(error), sqlState: '08006' }, error);
  }
}

class PostgresClient implements SqlClient {
  readonly #connection: pg.PoolClient;

  constructor(connection: pg.PoolClient) {
    this.#connection = connection;
  }

  async query(sql: string, parameters: readonly unknown[] = []): Promise<SqlResult> {
    try {
      const result = await this.#connection.query<unknown[]>({
        text: sql,
        values: parameters.map(bindable),
        rowMode: 'array',
        types,
      });
      return sqlResultOf(result);
    } catch (error) {
      throw new SqlError(failureOf(error), error);
    }
  }

  async script(sql: string): Promise<void> {
    await this.batch(sql);
  }

  /** Runs several statements; gives the last rows there were. */
  async batch(sql: string): Promise<SqlResult> {
    try {
      const given: unknown = await this.#connection.query({ text: sql, rowMode: 'array', types });
      const results = (Array.isArray(given) ? given : [given]) as pg.QueryArrayResult<unknown[]>[];
      return sqlResultOf(results.findLast((result) => result.fields.length > 0));
    } catch (error) {
      throw new SqlError(failureOf(error), error);
    }
  }
}

function sqlResultOf(result: pg.QueryArrayResult<unknown[]> | undefined): SqlResult {
  if (result === undefined) return { columns: [], rows: [], command: '' };
  return { columns: result.fields.map((field) => field.name), rows: result.rows, command: result.command ?? '' };
}

/** node-postgres binds a Buffer in binary. */
function bindable(value: unknown): string | Buffer | null {
  const encoded = encodeParameter(value);
  if (!(encoded instanceof Uint8Array)) return encoded;
  return Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
}

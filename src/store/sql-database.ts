import { AsyncLocalStorage } from 'node:async_hooks';
import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pg-proxy';
import { PlumblineError, type TenantContext } from '../base/index.ts';
import type { Database, Transaction } from './database.ts';
import { type Actor, objectsOf, type QueryOptions, type SqlClient, type SqlDriver } from './driver/sql-driver.ts';
import * as schema from './schema.ts';

/** A transaction was asked for inside another: on one connection it would wait for itself for ever. */
class TransactionNested extends PlumblineError {
  constructor() {
    super({
      code: 'transaction.nested',
      kind: 'fatal',
      message: 'A transaction was opened inside another one. Pass the open transaction along, or finish it first.',
    });
  }
}

/** {@link Database} over any {@link SqlDriver}. */
export class SqlDatabase implements Database {
  readonly kind: 'pglite' | 'postgres';
  readonly driver: SqlDriver;
  readonly #scrub: () => Promise<void>;
  readonly #open = new AsyncLocalStorage<{ open: boolean }>();

  constructor(driver: SqlDriver, scrub: () => Promise<void>) {
    this.kind = driver.kind;
    this.driver = driver;
    this.#scrub = scrub;
  }

  withTenant<T>(context: TenantContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#run({ as: 'tenant', tenantId: context.tenantId }, work);
  }

  readTenant<Row extends object>(context: TenantContext, sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
    return this.#single<Row>(context, sql, parameters);
  }

  writeTenant<Row extends object>(
    context: TenantContext,
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]> {
    return this.#single<Row>(context, sql, parameters);
  }

  withSystem<T>(_reason: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#run({ as: 'system' }, work);
  }

  tryLock(name: string): Promise<(() => Promise<void>) | null> {
    return this.driver.tryLock(name);
  }

  async vacuum(tables: readonly string[]): Promise<void> {
    if (tables.length > 0) await this.driver.run('owner', `vacuum (analyze) ${tables.join(', ')}`, []);
  }

  scrub(): Promise<void> {
    return this.#scrub();
  }

  close(): Promise<void> {
    return this.driver.close();
  }

  async #single<Row extends object>(
    { tenantId }: TenantContext,
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    this.#refuseNested();
    return objectsOf(await this.driver.single({ as: 'tenant', tenantId }, { sql, parameters })) as Row[];
  }

  #refuseNested(): void {
    if (this.#open.getStore()?.open === true) throw new TransactionNested();
  }

  /** Drizzle's own error holds the parameters, which are documents' words: only its cause leaves. */
  async #run<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.#refuseNested();
    const state = { open: true };
    return this.driver.transaction(actor, async (client) => {
      try {
        return await this.#open.run(state, () => work(transactionOver(client)));
      } catch (error) {
        throw error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error;
      } finally {
        state.open = false;
      }
    });
  }
}

/** Drizzle and plain queries over an open transaction. Drizzle is made when it is asked for: it takes .4 ms. */
function transactionOver(client: SqlClient): Transaction {
  let orm: Transaction['orm'] | null = null;
  return {
    get orm() {
      return (orm ??= ormOver(client));
    },
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = [], options: QueryOptions = {}) =>
      objectsOf(await client.query(sql, parameters, options)) as Row[],
  };
}

function ormOver(client: SqlClient): Transaction['orm'] {
  return drizzle(
    async (sql, parameters: unknown[], method) =>
      method === 'execute'
        ? { rows: objectsOf(await client.query(sql, parameters)) }
        : { rows: (await client.query(sql, parameters)).rows },
    { schema },
  );
}

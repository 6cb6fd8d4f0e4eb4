import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SerialQueue, siblingModule } from '../../base/index.ts';
import { bindParameters } from './bind-parameters.ts';
import { encodeParameter } from './codec.ts';
import { APP_ROLE, OPENING, openingOf, openingParametersOf } from './opening.ts';
import type { PgliteRequest, PgliteResponse, PgliteStatement, PgliteWorkerData } from './pglite-protocol.ts';
import type { Actor, QueryOptions, SingleStatement, SqlClient, SqlDriver, SqlResult } from './sql-driver.ts';
import { SqlError, TransactionFailed } from './sql-error.ts';

type Unnumbered<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

interface Waiting {
  readonly resolve: (result: SqlResult) => void;
  readonly reject: (error: unknown) => void;
}

const script = (sql: string): PgliteStatement => ({ sql, parameters: null });

/** The embedded database behind messages to its worker thread. One transaction at a time, in the order of asking. */
export class PgliteDriver implements SqlDriver {
  readonly kind = 'pglite';
  readonly #worker: Worker;
  readonly #turns = new SerialQueue();
  readonly #waiting = new Map<number, Waiting>();
  readonly #locks = new Set<string>();
  /** What puts the session back in order after statements outside a transaction. */
  #atRest = 'rollback; set role none';
  #lastId = 0;
  #dead: Error | null = null;

  /** @param directory absolute path of the data directory; made when it does not exist */
  constructor(directory: string) {
    const workerData: PgliteWorkerData = { directory };
    this.#worker = new Worker(siblingModule(import.meta.url, './pglite.worker'), {
      workerData,
      execArgv: process.execArgv.filter((argument) => argument.startsWith('--experimental-strip-types')),
      env: compileCache(),
    });
    this.#worker.on('message', (response: PgliteResponse) => this.#settle(response));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('The embedded database is closed.')));
  }

  async transaction<T>(actor: Actor, work: (client: SqlClient) => Promise<T>): Promise<T> {
    const opening = openingOf(actor);
    // The worker keeps the order of what is posted, so the next transaction's turn begins once COMMIT is posted.
    const { committed, value } = await this.#turns.run(async () => {
      const client = new PgliteClient((statements) => this.#post({ kind: 'run', statements }), opening);
      try {
        const result = await work(client);
        return { committed: client.end('commit'), value: result };
      } catch (error) {
        await client.end('rollback');
        throw error;
      }
    });
    await committed;
    return value;
  }

  async single(actor: Actor, { sql, parameters }: SingleStatement): Promise<SqlResult> {
    const opening = { sql: OPENING, parameters: bindParameters(openingParametersOf(actor)) };
    const statements = [opening, { sql, parameters: packed(parameters) }];
    // As above: the turn ends when it is posted.
    const { answered } = await this.#turns.run(() =>
      Promise.resolve({ answered: this.#post({ kind: 'together', statements }) }),
    );
    return await answered;
  }

  async run(role: 'owner' | 'app', sql: string, parameters?: readonly unknown[]): Promise<SqlResult> {
    const statement = { sql, parameters: parameters === undefined ? null : packed(parameters) };
    const statements = [script(`set role ${role === 'owner' ? 'none' : APP_ROLE}`), statement];
    return this.#turns.run(() => this.#post({ kind: 'run', statements, restore: this.#atRest }));
  }

  /** From now on a statement outside a transaction runs as the application role, which sees no tenant's rows. */
  async restrict(): Promise<void> {
    this.#atRest = `rollback; set role ${APP_ROLE}`;
    await this.run('app', 'select 1');
  }

  tryLock(name: string): Promise<(() => Promise<void>) | null> {
    if (this.#locks.has(name)) return Promise.resolve(null);
    this.#locks.add(name);
    return Promise.resolve(() => {
      this.#locks.delete(name);
      return Promise.resolve();
    });
  }

  /** Writes a gzip tar of the data directory to a file. */
  async dump(file: string): Promise<void> {
    await this.#turns.run(() => this.#post({ kind: 'dump', file }));
  }

  async close(): Promise<void> {
    if (this.#dead !== null) return;
    const exited = once(this.#worker, 'exit');
    await this.#turns.run(() => this.#post({ kind: 'close' }));
    await exited;
  }

  #post(request: Unnumbered<PgliteRequest>): Promise<SqlResult> {
    if (this.#dead !== null) return Promise.reject(this.#dead);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...request, id }, given(request));
    });
  }

  #settle(response: PgliteResponse): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if ('result' in response) waiting?.resolve(response.result);
    else waiting?.reject(new SqlError(response.failure));
  }

  #fail(error: Error): void {
    this.#dead ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#dead);
    this.#waiting.clear();
  }
}

function packed(parameters: readonly unknown[]): Uint8Array<ArrayBuffer> {
  return bindParameters(parameters.map(encodeParameter));
}

/** What goes over to the worker instead of being copied. */
function given(request: Unnumbered<PgliteRequest>): ArrayBuffer[] {
  if (!('statements' in request)) return [];
  return request.statements.flatMap(({ parameters }) => parameters?.buffer ?? []);
}

/** The worker's whole environment: where compiled modules are cached, if this process caches them. */
function compileCache(): NodeJS.ProcessEnv {
  const directory = getCompileCacheDir();
  return directory === undefined ? {} : { NODE_COMPILE_CACHE: dirname(directory) };
}

/** Sends BEGIN along with the first statement, and nothing at all when there was none. */
class PgliteClient implements SqlClient {
  readonly #run: (statements: readonly PgliteStatement[]) => Promise<SqlResult>;
  #opening: string | null;

  constructor(run: (statements: readonly PgliteStatement[]) => Promise<SqlResult>, opening: string) {
    this.#run = run;
    this.#opening = opening;
  }

  query(sql: string, parameters: readonly unknown[] = [], options: QueryOptions = {}): Promise<SqlResult> {
    return this.#send({ ...options, sql, parameters: packed(parameters) });
  }

  async script(sql: string): Promise<void> {
    await this.#send(script(sql));
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    if (this.#opening !== null) return;
    const { command } = await this.#run([script(how)]);
    if (how === 'commit' && command !== 'COMMIT') throw new TransactionFailed();
  }

  #send(statement: PgliteStatement): Promise<SqlResult> {
    const opening = this.#opening;
    this.#opening = null;
    return this.#run(opening === null ? [statement] : [script(opening), statement]);
  }
}

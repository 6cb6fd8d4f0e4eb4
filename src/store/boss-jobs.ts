import { randomUUID } from 'node:crypto';
import { type ConstructorOptions, PgBoss } from 'pg-boss';
import { fromUnknown, PlumblineError } from '../base/index.ts';
import type { Transaction } from './database.ts';
import { objectsOf, type SqlDriver } from './driver/sql-driver.ts';
import { SqlError } from './driver/sql-error.ts';
import type { Jobs, NewJob, WorkOptions } from './jobs.ts';
import type { SqlDatabase } from './sql-database.ts';

type IDatabase = NonNullable<ConstructorOptions['db']>;

/** A job was sent to a queue this process has not declared; looking it up inside a transaction could wait for ever. */
class QueueUndeclared extends PlumblineError {
  constructor(queue: string) {
    super({
      code: 'queue.undeclared',
      kind: 'fatal',
      message: `A job was sent to the queue "${queue}" before \`declare\` was called for it. Declare it at start-up.`,
    });
  }
}

/** Hears of every failed attempt, for the log. */
export type OnJobFailure = (failure: { readonly queue: string; readonly error: PlumblineError }) => void;

/** How a queue retries: 5 times, 1 s, 2 s, … at most a minute apart; then a row in `<queue>.dead`. */
const QUEUE = {
  policy: 'short',
  retryLimit: 5,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  /** Long work proves that it lives by heartbeats, not by finishing soon. */
  expireInSeconds: 23 * 3600,
  deleteAfterSeconds: 3600,
} as const;
const DEAD_QUEUE = { retentionSeconds: 90 * 24 * 3600 } as const;
/** With several nodes: a job whose node stopped answering for this long is given to another. */
const HEARTBEAT_SECONDS = 60;
/** How often an idle worker looks: on one node only for retries that came due, on several for others' jobs too. */
const POLL_SECONDS = { pglite: 2, postgres: 0.5 } as const;
/** How long the handlers' last statements may take after they were aborted. */
const ABORT_GRACE_MS = 2000;
const SEND_ATTEMPTS = 5;

/** Opens the queue; makes or upgrades its tables (schema `pgboss`) when they are missing or old. */
export async function openJobs(database: SqlDatabase, onFailure: OnJobFailure = () => undefined): Promise<BossJobs> {
  const { driver } = database;
  let boss = bossOver(driver, 'app');
  try {
    await boss.start();
  } catch {
    await boss.stop({ graceful: false });
    await install(driver);
    boss = bossOver(driver, 'app');
    await boss.start();
  }
  // One process: whatever is active was in the hands of a process that is gone.
  if (driver.kind === 'pglite') await driver.run('app', RECLAIM, []);
  const existing = await boss.getQueues();
  return new BossJobs(boss, new Set(existing.map((queue) => queue.name)), { kind: driver.kind, onFailure });
}

const RECLAIM = `update pgboss.job set state = 'retry', start_after = now() where state = 'active'`;

const GRANTS = `
  grant usage on schema pgboss to plumb_app;
  grant select, insert, update, delete on all tables in schema pgboss to plumb_app;
  grant usage, select on all sequences in schema pgboss to plumb_app`;

async function install(driver: SqlDriver): Promise<void> {
  const installer = bossOver(driver, 'owner');
  await installer.start();
  await installer.stop({ graceful: false });
  await driver.run('owner', GRANTS);
}

function bossOver(driver: SqlDriver, role: 'owner' | 'app'): PgBoss {
  const boss = new PgBoss({
    db: queueDatabase(driver, role),
    backend: driver.kind,
    migrate: role === 'owner',
    schedule: false,
    supervise: role === 'app',
    superviseIntervalSeconds: 60,
    maintenanceIntervalSeconds: 600,
    queueCacheIntervalSeconds: 600,
    monitorVacuum: false,
    reindex: false,
  });
  boss.on('error', () => undefined); // the loop that failed tries again by itself
  boss.on('warning', () => undefined);
  return boss;
}

/** pg-boss's statements over our driver, each on its own. */
function queueDatabase(driver: SqlDriver, role: 'owner' | 'app'): IDatabase {
  return {
    async executeSql(sql, values) {
      try {
        return { rows: objectsOf(await driver.run(role, sql, values?.length ? values : undefined)) };
      } catch (error) {
        throw error instanceof SqlError ? Object.assign(new Error(error.message), { code: error.sqlState }) : error;
      }
    },
  };
}

interface BossParts {
  readonly kind: SqlDriver['kind'];
  readonly onFailure: OnJobFailure;
}

/** What pg-boss stores of a failure. */
class FailedAttempt extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
    this.name = code;
    this.stack = '';
  }
}

/** {@link Jobs} on pg-boss. */
export class BossJobs implements Jobs {
  readonly #kind: SqlDriver['kind'];
  readonly #boss: PgBoss;
  readonly #declared: Set<string>;
  readonly #onFailure: OnJobFailure;
  readonly #workers = new Map<string, string[]>();
  readonly #stopping = new AbortController();

  constructor(boss: PgBoss, existing: Set<string>, parts: BossParts) {
    this.#boss = boss;
    this.#declared = existing;
    this.#kind = parts.kind;
    this.#onFailure = parts.onFailure;
  }

  async declare(queue: string): Promise<void> {
    if (this.#declared.has(queue)) return;
    const dead = `${queue}.dead`;
    await this.#boss.createQueue(dead, DEAD_QUEUE);
    const heartbeat = this.#kind === 'postgres' ? { heartbeatSeconds: HEARTBEAT_SECONDS } : {};
    await this.#boss.createQueue(queue, { ...QUEUE, ...heartbeat, deadLetter: dead });
    // Puts the queue into pg-boss's cache, so that `send` needs nothing but the caller's transaction.
    await this.#boss.findJobs(queue, { id: randomUUID() });
    this.#declared.add(queue);
  }

  async send(tx: Transaction, job: NewJob): Promise<void> {
    const { queue, data } = job;
    if (!this.#declared.has(queue)) throw new QueueUndeclared(queue);
    // The queue's policy holds one waiting job per key; a job without a key gets one of its own.
    const singletonKey = job.singletonKey ?? randomUUID();
    const sendOptions = {
      singletonKey,
      db: inTransaction(tx),
      ...(job.startAfterSeconds === undefined ? {} : { startAfter: job.startAfterSeconds }),
    };
    for (let attempt = 0; attempt < SEND_ATTEMPTS; attempt++) {
      if ((await this.#boss.send(queue, data, sendOptions)) !== null) return;
      // A waiting job stands for this one only while no worker takes it before this transaction commits.
      if ((await tx.query(HOLD_WAITING, [queue, singletonKey], { keepPlan: true })).length > 0) return;
    }
  }

  async work<T extends object>(
    queue: string,
    options: WorkOptions,
    handler: (data: T, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const ids = this.#workers.get(queue) ?? [];
    this.#workers.set(queue, ids);
    for (let started = 0; started < (options.concurrency ?? 1); started++) {
      let id = '';
      id = await this.#boss.work<T>(queue, { pollingIntervalSeconds: POLL_SECONDS[this.#kind] }, async ([job]) => {
        if (job === undefined) return;
        await this.#handle(queue, () => handler(job.data, AbortSignal.any([job.signal, this.#stopping.signal])));
        this.#boss.notifyWorker(id); // there may be more: look again without waiting for the next poll
      });
      ids.push(id);
    }
  }

  wake(queue: string): void {
    for (const id of this.#workers.get(queue) ?? []) this.#boss.notifyWorker(id);
  }

  async stop(timeoutMs: number): Promise<void> {
    const idle = Promise.all([...this.#workers.keys()].map((queue) => this.#boss.offWork(queue)));
    if (!(await settledWithin(idle, timeoutMs))) {
      this.#stopping.abort();
      await settledWithin(idle, ABORT_GRACE_MS);
    }
    await this.#boss.stop({ graceful: false, close: false });
  }

  /** What is stored of a failure is its code: messages may hold a document's words. */
  async #handle(queue: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const error = fromUnknown(thrown);
      this.#onFailure({ queue, error });
      throw new FailedAttempt(error.code);
    }
  }
}

const HOLD_WAITING = `
  select id from pgboss.job where name = $1 and singleton_key = $2 and state = 'created' for update`;

/** What sends a job is always the same words, for each queue. */
function inTransaction(tx: Transaction): IDatabase {
  return { executeSql: async (sql, values) => ({ rows: await tx.query(sql, values ?? [], { keepPlan: true }) }) };
}

async function settledWithin(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([work.then(() => true as const), late]);
  } finally {
    clearTimeout(timer);
  }
}

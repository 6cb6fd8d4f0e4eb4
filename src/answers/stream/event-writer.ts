import type { TenantContext } from '../../base/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import type { NumberedEvent } from './answer-event.ts';
import { appendEvents, type NewRun, type Pending, type RunStatement } from './run-rows.ts';

/** One thing that must be committed. */
export interface Write {
  readonly answerId: string;
  /** Begins the run first. */
  readonly create: NewRun | null;
  readonly events: readonly NumberedEvent[];
  /** More to do in the same transaction; when it throws, nothing of this write is kept. */
  readonly also: ((tx: Transaction) => Promise<void>) | null;
  /** After the commit. False: the run is no longer this node's. */
  committed(kept: boolean): void;
  failed(error: unknown): void;
}

/** Whose node, and how long its leases last. */
export interface WriterOptions {
  readonly database: Database;
  readonly node: string;
  readonly leaseMs: number;
  readonly clock: () => number;
}

/** Answers whose ends are written in one transaction: some 2 ms each on the embedded database, where others wait. */
const TOGETHER = 4;

/**
 * Commits events of many answers together: what comes while one transaction is under way goes with the next. A lone
 * event waits for the end of its turn; under load a commit carries many.
 */
export class EventWriter {
  readonly #options: WriterOptions;
  readonly #context: TenantContext;
  #waiting: Write[] = [];
  #writing: Promise<void> | null = null;
  /** Whose turn it is. */
  #plainNext = true;

  constructor(options: WriterOptions, context: TenantContext) {
    this.#options = options;
    this.#context = context;
  }

  /** Never throws; the write hears how it went. */
  add(write: Write): void {
    this.#waiting.push(write);
    this.#writing ??= this.#drain();
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await nextTurn(); // What is said in the same turn goes along.
      await this.#commit(this.#next());
    }
    this.#writing = null;
  }

  /**
   * What goes into the next transaction, by turns: all plain writes together, which are cheap and what readers wait for
   * first; then writes with work of their own, of few answers, each with what its answer said before.
   */
  #next(): readonly Write[] {
    const working = new Set(this.#waiting.flatMap((each) => (each.also === null ? [] : each.answerId)));
    const plain = this.#waiting.filter(({ answerId }) => !working.has(answerId));
    this.#plainNext = plain.length > 0 && (this.#plainNext || working.size === 0);
    const first = new Set([...working].slice(0, TOGETHER));
    const last = (id: string): number => this.#waiting.findIndex((each) => each.also !== null && each.answerId === id);
    const until = new Map([...first].map((id) => [id, last(id)]));
    const withWork = this.#waiting.filter(({ answerId }, i) => i <= (until.get(answerId) ?? -1));
    const batch = this.#plainNext ? plain : withWork;
    this.#plainNext = !this.#plainNext;
    const going = new Set(batch);
    this.#waiting = this.#waiting.filter((each) => !going.has(each));
    return batch;
  }

  async #commit(batch: readonly Write[]): Promise<void> {
    try {
      const kept = await this.#keep(batch);
      for (const each of batch) each.committed(kept.has(each.answerId));
    } catch (error) {
      const [first] = batch;
      if (batch.length === 1) first?.failed(error);
      else for (const each of batch) await this.#commit([each]); // One bad write must not fail its neighbours.
    }
  }

  /** Words a reader waits for are one statement; what brings work of its own needs a transaction around both. */
  #keep(batch: readonly Write[]): Promise<Set<string>> {
    const { database } = this.#options;
    const context = this.#context;
    if (batch.some(({ also }) => also !== null)) return database.withTenant(context, (tx) => this.#write(tx, batch));
    return this.#append((sql, parameters) => database.writeTenant(context, sql, parameters), batch);
  }

  async #write(tx: Transaction, batch: readonly Write[]): Promise<Set<string>> {
    const appended = await this.#append((sql, parameters) => tx.query(sql, parameters, { keepPlan: true }), batch);
    for (const each of batch) if (each.also !== null && appended.has(each.answerId)) await each.also(tx);
    return appended;
  }

  #append(run: RunStatement, batch: readonly Write[]): Promise<Set<string>> {
    const { node, leaseMs, clock } = this.#options;
    const runs = batch.flatMap((each) => each.create ?? []);
    const beginning = { runs, leaseMs, at: clock() };
    const pending = batch.map(({ answerId, events }): Pending => ({ answerId, events }));
    return appendEvents(run, this.#context, { pending, node, beginning });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

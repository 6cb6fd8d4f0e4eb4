import type { TenantContext } from '../../base/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import type { NumberedEvent } from './answer-event.ts';
import { appendEvents, createRuns, type NewRun, type Pending } from './run-rows.ts';

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

/**
 * Commits events of many answers together: what comes while one transaction is under way goes with the next. A lone
 * event waits for nothing; under load a commit carries many.
 */
export class EventWriter {
  readonly #options: WriterOptions;
  readonly #context: TenantContext;
  #waiting: Write[] = [];
  #writing: Promise<void> | null = null;

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
    await Promise.resolve(); // What the same turn still adds goes along.
    while (this.#waiting.length > 0) {
      const alone = this.#waiting.findIndex((each) => each.also !== null);
      // A write with work of its own has a transaction of its own: its failure must not take the others along.
      const batch = this.#waiting.splice(0, alone === -1 ? this.#waiting.length : Math.max(1, alone));
      await this.#commit(batch);
    }
    this.#writing = null;
  }

  async #commit(batch: readonly Write[]): Promise<void> {
    try {
      const kept = await this.#options.database.withTenant(this.#context, (tx) => this.#write(tx, batch));
      for (const each of batch) each.committed(kept.has(each.answerId));
    } catch (error) {
      const [first] = batch;
      if (batch.length === 1) first?.failed(error);
      else for (const each of batch) await this.#commit([each]); // One bad write must not fail its neighbours.
    }
  }

  async #write(tx: Transaction, batch: readonly Write[]): Promise<Set<string>> {
    const { node, leaseMs, clock } = this.#options;
    const runs = batch.flatMap((each) => each.create ?? []);
    if (runs.length > 0) await createRuns(tx, this.#context, { runs, node, leaseMs, at: clock() });
    const pending = batch.map(({ answerId, events }): Pending => ({ answerId, events }));
    const [first] = batch;
    const appended = await appendEvents(tx, this.#context, { pending, node });
    if (first?.also && appended.has(first.answerId)) await first.also(tx);
    return appended;
  }
}

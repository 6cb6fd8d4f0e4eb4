import type { TenantContext } from '../../base/index.ts';
import type { Transaction } from '../../store/index.ts';
import { type AnswerEvent, isLast, type NumberedEvent } from './answer-event.ts';
import type { EventWriter } from './event-writer.ts';
import type { NewRun, RunRequest } from './run-rows.ts';

/** What is known of a run when this node begins it or takes it over. */
export interface RunStart {
  readonly id: string;
  readonly context: TenantContext;
  readonly request: RunRequest;
  /** The last number that is taken: 0 for a new run. */
  readonly lastSeq: number;
  /** To be written with the first event; null when it is there already. */
  readonly create: NewRun | null;
}

/** Another node answers now, or the run was erased: what this one still says is not kept. */
export class RunLost extends Error {}

/**
 * An answer this node is making: numbers its events, has them committed, and only then shows them to its readers. Keeps
 * them in memory while it runs; an answer is small.
 */
export class AnswerRun {
  readonly start: RunStart;
  readonly stop = new AbortController();
  /** Committed ones of this node, ascending. */
  readonly events: NumberedEvent[] = [];
  /** Readers at this moment. */
  readers = 0;
  #writer: EventWriter;
  #seq: number;
  #create: NewRun | null;
  #ended = false;
  #wakers = new Set<() => void>();

  constructor(start: RunStart, writer: EventWriter) {
    this.start = start;
    this.#writer = writer;
    this.#seq = start.lastSeq;
    this.#create = start.create;
  }

  /** Nothing will follow on this node. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Says something; shown once it is committed. */
  emit(event: AnswerEvent): void {
    void this.write([event], null).catch((error: unknown) => this.stop.abort(error));
  }

  /**
   * Commits events together with more work in one transaction.
   * @throws RunLost, and whatever the work throws; then nothing of it is kept
   */
  write(events: readonly AnswerEvent[], also: ((tx: Transaction) => Promise<void>) | null): Promise<void> {
    const numbered = events.map((event): NumberedEvent => ({ ...event, seq: ++this.#seq }));
    const create = this.#create;
    this.#create = null;
    return new Promise((resolve, reject) => {
      this.#writer.add({
        answerId: this.start.id,
        create,
        events: numbered,
        also,
        committed: (kept) => {
          if (kept) this.#show(numbered);
          if (kept) resolve();
          else reject(new RunLost('The run is no longer this node’s.'));
        },
        failed: (error) => {
          this.#seq -= numbered.length;
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      });
    });
  }

  /** No more on this node; readers look into the database from now on. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Committed events of this node after a number. */
  after(seq: number): readonly NumberedEvent[] {
    const first = this.events[0];
    return first === undefined ? [] : this.events.slice(Math.max(0, seq - first.seq + 1));
  }

  /** Resolves when something is committed, the run ends, or the signal aborts. */
  async news(signal: AbortSignal): Promise<void> {
    if (this.#ended || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        this.#wakers.delete(wake);
        resolve();
      };
      signal.addEventListener('abort', wake, { once: true });
      this.#wakers.add(wake);
    });
  }

  #show(numbered: readonly NumberedEvent[]): void {
    this.events.push(...numbered);
    if (numbered.some(isLast)) this.#ended = true;
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#wakers) wake();
  }
}

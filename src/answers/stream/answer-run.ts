import type { TenantContext } from '../../base/index.ts';
import type { Collection } from '../../ingest/index.ts';
import type { Transaction } from '../../store/index.ts';
import { type AnswerEvent, isLast, type NumberedEvent, showsWords } from './answer-event.ts';
import type { EventWriter } from './event-writer.ts';
import type { NewRun, RunRequest } from './run-rows.ts';

/** What is known of a run when this node begins it or takes it over. */
export interface RunStart {
  readonly id: string;
  readonly context: TenantContext;
  readonly request: RunRequest;
  /** The request's, where this node was asked. */
  readonly collection: Collection | null;
  /** The last number that is taken: 0 for a new run. */
  readonly lastSeq: number;
  /** To be written with the first event; null when it is there already. */
  readonly create: NewRun | null;
}

/** Another node answers now, or the run was erased: what this one still says is not kept. */
export class RunLost extends Error {}

/** How long an event that only tells of progress waits for others to be written with: half of what the eye notices. */
const HELD_MS = 25;

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
  /** Said and not yet on the way to the database. */
  #held: AnswerEvent[] = [];
  #timer: NodeJS.Timeout | null = null;
  /** The documents whose words are shown are on record: words need not wait any more. */
  #mayShowWords = false;

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

  /**
   * Says something; shown once it is committed. The first event goes at once. Progress waits a moment for company; words
   * wait until their documents are on record (`showWords`) or for the end, which puts them there.
   */
  emit(event: AnswerEvent): void {
    this.#held.push(event);
    if (this.#create !== null || this.#mayShowWords) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), HELD_MS);
  }

  /** Commits what puts the shown documents on record; from then on words are shown as they come. @throws as `write` */
  async showWords(register: (tx: Transaction) => Promise<void>): Promise<void> {
    await this.write([], register);
    this.#mayShowWords = true;
  }

  /** What was said and is not on its way yet does not count: the answer begins anew, or fails. */
  forget(): void {
    this.#held = [];
    this.#mayShowWords = false;
  }

  /**
   * Commits events, after all that was said before, together with more work in one transaction.
   * @throws RunLost, and whatever the work throws; then nothing of it is kept
   */
  write(events: readonly AnswerEvent[], also: (tx: Transaction) => Promise<void>): Promise<void> {
    return this.#write([...this.#held.splice(0), ...events], also);
  }

  #flush(): void {
    const words = this.#mayShowWords ? -1 : this.#held.findIndex(showsWords);
    const ready = this.#held.splice(0, words === -1 ? this.#held.length : words);
    if (ready.length > 0) void this.#write(ready, null).catch((error: unknown) => this.stop.abort(error));
  }

  #write(events: readonly AnswerEvent[], also: ((tx: Transaction) => Promise<void>) | null): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
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
    if (this.#timer !== null) clearTimeout(this.#timer);
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

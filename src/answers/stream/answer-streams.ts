import { type Clock, fromUnknown, isId, type NewId, PlumblineError, type TenantContext } from '../../base/index.ts';
import type { Collection } from '../../ingest/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { Answer } from '../answer.ts';
import { AnswerNotFound, AnswerOutdated } from '../stored-answers.ts';
import { type Emit, isLast, type NumberedEvent } from './answer-event.ts';
import { AnswerRun, RunLost } from './answer-run.ts';
import { EventWriter } from './event-writer.ts';
import {
  endRun,
  hidesDocument,
  readRun,
  registerDocuments,
  releaseRuns,
  renewLeases,
  requestStop,
  type RunRequest,
  type RunRow,
  takeOver,
} from './run-rows.ts';
import type { Turns } from './turns.ts';
import { waitForTurn } from './wait-for-turn.ts';

/** What an answer in the making is given. */
export interface Making {
  readonly id: string;
  readonly emit: Emit;
  /**
   * To be called, and awaited, before words of these documents are shown while the answer is not complete. What is
   * emitted without it is shown with the whole answer. @throws AnswerOutdated
   */
  documents(ids: readonly string[]): Promise<void>;
  /** To be called before waiting for others, a model for example: the next answer's work begins. */
  rest(): void;
  readonly signal: AbortSignal;
}

/** What is to be answered. */
export interface AskedRun {
  readonly request: RunRequest;
  /** The request's collection; null: to be read, because another node was asked. */
  readonly collection: Collection | null;
}

/** What streams stand on. */
export interface StreamServices {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Answers in work at once. */
  readonly turns: Turns;
  /** Makes the answer; says its steps on the way. */
  make(context: TenantContext, asked: AskedRun, making: Making): Promise<Answer>;
  /** Keeps the answer. @returns ids of the documents it shows @throws AnswerOutdated */
  store(
    tx: Transaction,
    context: TenantContext,
    given: { answer: Answer; collectionId: string },
  ): Promise<readonly string[]>;
  /** A kept answer. @throws AnswerNotFound */
  find(context: TenantContext, id: string): Promise<Answer>;
}

/** How long things may take, in milliseconds. */
export interface StreamTimes {
  /** An owner that has not renewed its lease for so long is taken for dead. */
  readonly leaseMs: number;
  /** An answer nobody reads is given up after so long. */
  readonly unreadMs: number;
  /** How often the events of another node's answer are looked for. */
  readonly pollMs: number;
}

const TIMES: StreamTimes = { leaseMs: 3_000, unreadMs: 30_000, pollMs: 50 };

/** After the last event there can be (a 32-bit column). */
const NO_EVENTS = 2_147_483_647;

/** The caller stopped it. */
class AnswerStopped extends PlumblineError {
  constructor() {
    super({ code: 'answer.stopped', kind: 'caller', message: 'The answer was stopped.' });
  }
}

/** Nobody read it. */
class AnswerAbandoned extends PlumblineError {
  constructor(ms: number) {
    super({
      code: 'answer.abandoned',
      kind: 'caller',
      message: `Nobody read the answer for ${ms / 1000} s, so it was given up. Ask again.`,
    });
  }
}

/**
 * Answers as streams of events that outlive connections and nodes. Events are rows, committed before they are sent; who
 * resumes on any node sees the same numbers. A node that dies loses its lease: the next reader's node answers anew after
 * `answer.restarted`.
 */
export class AnswerStreams {
  readonly #services: StreamServices;
  readonly #times: StreamTimes;
  readonly #node: string;
  readonly #runs = new Map<string, AnswerRun>();
  readonly #writers = new Map<string, EventWriter>();
  readonly #working = new Set<Promise<void>>();
  #renewing: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(services: StreamServices, times: Partial<StreamTimes> = {}) {
    this.#services = services;
    this.#times = { ...TIMES, ...times };
    this.#node = services.newId();
  }

  /** Begins an answer. @returns its id; follow it with {@link follow} */
  begin(context: TenantContext, asked: AskedRun): string {
    const id = this.#services.newId();
    const create = { id, request: asked.request };
    const run = new AnswerRun({ ...asked, id, context, lastSeq: 0, create }, this.#writerOf(context));
    run.emit({ type: 'stage.completed', data: { stage: 'accepted', ms: 0 } });
    this.#launch(run);
    return id;
  }

  /**
   * An answer's events after `after`, as they come, to the last one.
   * @param given.after number of the last event the reader has, 0: none
   * @throws PlumblineError `answer.not-found`
   */
  async *follow(
    context: TenantContext,
    given: { readonly id: string; readonly after: number; readonly signal: AbortSignal },
  ): AsyncGenerator<NumberedEvent> {
    const { id, signal } = given;
    if (!isId(id)) throw new AnswerNotFound(id);
    const reader: Reader = { id, signal, after: given.after, allowed: this.#isAskersOwn(context, id), done: false };
    while (!signal.aborted && !reader.done) {
      const local = this.#runs.get(id);
      if (local !== undefined && reader.allowed && startsBy(local, reader.after)) {
        yield* noted(reader, this.#followLocal(local, reader));
        if (signal.aborted || reader.done) return;
      }
      yield* this.#followRows(context, reader);
    }
  }

  /** What the database has of an answer another node makes, or made; takes it over when that node is gone. */
  async *#followRows(context: TenantContext, reader: Reader): AsyncGenerator<NumberedEvent> {
    const { id, after, signal } = reader;
    const read = await readRun(this.#services.database, context, { id, after });
    if (read === null) {
      yield* noted(reader, [await this.#lastEvent(context, reader)]);
      return;
    }
    if (!reader.allowed) await this.#checkReader(context, read.run);
    reader.allowed = true;
    yield* noted(reader, read.events);
    if (read.events.length > 0) return;
    if (read.run.state !== 'running') reader.done = true;
    else if (read.run.expired) await this.#adopt(context, read.run);
    else if (!this.#runs.has(id)) await pause(this.#times.pollMs, signal);
  }

  /** What is left to say of an answer whose events were pruned. @throws AnswerNotFound */
  async #lastEvent(context: TenantContext, { id, after }: Reader): Promise<NumberedEvent> {
    const answer = await this.#services.find(context, id);
    return { seq: after + 1, type: 'answer.completed', data: { answer } };
  }

  /** Stops an answer on whichever node makes it. @throws PlumblineError `answer.not-found` */
  async stop(context: TenantContext, id: string): Promise<void> {
    if (!isId(id)) throw new AnswerNotFound(id);
    const read = await readRun(this.#services.database, context, { id, after: NO_EVENTS });
    if (read === null || read.run.request.principalId !== context.principalId) throw new AnswerNotFound(id);
    await requestStop(this.#services.database, context, id);
    this.#runs.get(id)?.stop.abort(new AnswerStopped());
  }

  /** Gives up what is being made, so that another node can take over at once. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#renewing !== null) clearInterval(this.#renewing);
    const runs = [...this.#runs.values()];
    for (const run of runs) run.stop.abort(new RunLost('The node stops.'));
    await Promise.allSettled(this.#working);
    for (const writer of this.#writers.values()) await writer.idle();
    for (const [context, ids] of byTenant(runs)) {
      await releaseRuns(this.#services.database, context, { ids, node: this.#node });
    }
  }

  #isAskersOwn(context: TenantContext, id: string): boolean {
    const start = this.#runs.get(id)?.start;
    return start?.context.tenantId === context.tenantId && start.request.principalId === context.principalId;
  }

  /** A running answer is its asker's; a finished one is for all who may read what it shows. */
  async #checkReader(context: TenantContext, run: RunRow): Promise<void> {
    const own = run.request.principalId === context.principalId;
    if (!own && run.state === 'running') throw new AnswerNotFound(run.id);
    if (await hidesDocument(this.#services.database, context, run.documentIds)) throw new AnswerNotFound(run.id);
  }

  async *#followLocal(
    run: AnswerRun,
    { after, signal }: { readonly after: number; readonly signal: AbortSignal },
  ): AsyncGenerator<NumberedEvent> {
    run.readers += 1;
    let seq = after;
    try {
      for (;;) {
        const events = run.after(seq);
        seq = events.at(-1)?.seq ?? seq;
        yield* events;
        if (signal.aborted || (events.length === 0 && run.ended)) return;
        if (events.length === 0) await run.news(signal);
      }
    } finally {
      run.readers -= 1;
      if (run.readers === 0 && !run.ended) this.#giveUpLater(run);
    }
  }

  #giveUpLater(run: AnswerRun): void {
    const timer = setTimeout(() => {
      if (run.readers === 0) run.stop.abort(new AnswerAbandoned(this.#times.unreadMs));
    }, this.#times.unreadMs);
    timer.unref();
  }

  async #adopt(context: TenantContext, row: RunRow): Promise<void> {
    const { id, request } = row;
    const given = { id, node: this.#node, leaseMs: this.#times.leaseMs };
    const lastSeq = await takeOver(this.#services.database, context, given);
    if (lastSeq === null || this.#closed) return;
    const start = { id, context, request, collection: null, lastSeq, create: null };
    this.#launch(new AnswerRun(start, this.#writerOf(context)));
  }

  #launch(run: AnswerRun): void {
    this.#runs.set(run.start.id, run);
    this.#renewing ??= setInterval(() => void this.#renew(), this.#times.leaseMs / 4).unref();
    const work = this.#make(run).finally(() => {
      run.end();
      this.#runs.delete(run.start.id);
      this.#working.delete(work);
    });
    this.#working.add(work);
  }

  async #make(run: AnswerRun): Promise<void> {
    try {
      await this.#answer(run).catch(async (error: unknown) => {
        if (!(error instanceof AnswerOutdated)) throw error;
        run.forget();
        run.emit({ type: 'answer.restarted', data: { reason: error.message } });
        await this.#answer(run);
      });
    } catch (error) {
      await this.#fail(run, error);
    }
  }

  async #answer(run: AnswerRun): Promise<void> {
    const emit: Emit = (event) => run.emit(event);
    const turn = await waitForTurn(this.#services.turns, { emit, signal: run.stop.signal });
    try {
      await this.#answerInTurn(run, { emit, rest: () => turn.done() });
    } finally {
      turn.done();
    }
  }

  async #answerInTurn(run: AnswerRun, given: Pick<Making, 'emit' | 'rest'>): Promise<void> {
    const { id, context, request, collection } = run.start;
    const { signal } = run.stop;
    const documents = async (documentIds: readonly string[]): Promise<void> =>
      run.showWords(async (tx) => {
        if (!(await registerDocuments(tx, { answerId: id, documentIds }))) throw new AnswerOutdated();
      });
    const making: Making = { ...given, id, documents, signal };
    const answer = await this.#services.make(context, { request, collection }, making);
    signal.throwIfAborted();
    await run.write([{ type: 'answer.completed', data: { answer } }], async (tx) => {
      const documentIds = await this.#services.store(tx, context, { answer, collectionId: request.collectionId });
      await endRun(tx, { answerId: id, state: 'completed', documentIds });
    });
  }

  async #fail(run: AnswerRun, thrown: unknown): Promise<void> {
    const { signal } = run.stop;
    const reason: unknown = signal.aborted ? signal.reason : thrown;
    if (reason instanceof RunLost) return;
    const { code, message, kind } = fromUnknown(reason);
    if (kind === 'fatal') this.#services.log.error(message, { code, requestId: run.start.context.requestId });
    const detail = code === 'internal.unexpected' ? 'Something failed that should not have. The log has it.' : message;
    const state = reason instanceof AnswerStopped ? 'stopped' : 'failed';
    run.forget();
    await run
      .write([{ type: 'answer.failed', data: { code, kind, detail } }], (tx) =>
        endRun(tx, { answerId: run.start.id, state }),
      )
      .catch(() => undefined); // Nobody's run any more, or the database is away: the lease runs out.
  }

  async #renew(): Promise<void> {
    const { database, log } = this.#services;
    for (const [context, ids] of byTenant([...this.#runs.values()])) {
      try {
        const mine = await renewLeases(database, context, { ids, node: this.#node, leaseMs: this.#times.leaseMs });
        const stopped = ids.filter((id) => mine.get(id) === true);
        for (const id of stopped) this.#runs.get(id)?.stop.abort(new AnswerStopped());
      } catch (error) {
        log.warn('Leases of answers could not be renewed.', { error: fromUnknown(error).message });
      }
    }
  }

  #writerOf(context: TenantContext): EventWriter {
    const known = this.#writers.get(context.tenantId);
    if (known !== undefined) return known;
    const { database, clock } = this.#services;
    const writer = new EventWriter({ database, node: this.#node, leaseMs: this.#times.leaseMs, clock }, context);
    this.#writers.set(context.tenantId, writer);
    return writer;
  }
}

/** Somebody who follows an answer, and how far they are. */
interface Reader {
  readonly id: string;
  readonly signal: AbortSignal;
  after: number;
  /** They were found to be allowed to. */
  allowed: boolean;
  done: boolean;
}

/** Passes events on and notes how far the reader is. */
async function* noted(
  reader: Reader,
  events: AsyncIterable<NumberedEvent> | Iterable<NumberedEvent>,
): AsyncGenerator<NumberedEvent> {
  for await (const event of events) {
    reader.after = event.seq;
    reader.done = isLast(event);
    yield event;
    if (reader.done) return;
  }
}

/** Whether all the reader lacks is among the run's own events: an adopted run's begin in the middle. */
function startsBy(run: AnswerRun, after: number): boolean {
  return run.start.lastSeq <= after;
}

function byTenant(runs: readonly AnswerRun[]): [TenantContext, string[]][] {
  const tenants = new Map<string, [TenantContext, string[]]>();
  for (const { start } of runs) {
    const known = tenants.get(start.context.tenantId) ?? [start.context, []];
    known[1].push(start.id);
    tenants.set(start.context.tenantId, known);
  }
  return [...tenants.values()];
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}

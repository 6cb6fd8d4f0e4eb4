import type { ModelEntry } from '../registry/registry.ts';
import { untilAborted } from '../resilience/abortable-wait.ts';
import type { ModelFailed } from '../resilience/failures.ts';
import { type Candidate, replyLimit } from '../routing/route.ts';
import { addUsage, estimatedUsage, noUsage, tokensOfBytes } from './accounting.ts';
import type { CacheUse, CallOutcome, CallRecord, CallUsage, Reservation } from './ports.ts';
import type { PreparedCall } from './prepare.ts';
import type { DoorServices } from './services.ts';

/** The longest wait for a model's pace or `Retry-After` while another model could be asked, ms. */
const PATIENCE_MS = 2_000;

/** Places of personal data that are kept of one call. */
const MOST_PLACES = 200;

/** One request and how to read it. */
export interface Sending<T> {
  attempt(signal: AbortSignal): Promise<T>;
  /** What the provider says it used; null: it does not. Null for the whole function: counted later. */
  readonly usageOf: ((result: T) => CallUsage | null) | null;
  /** The reply as text, for an estimate when the provider does not say what it used. */
  readonly outputOf?: (result: T) => string;
  /** Keeps the model's place until it settles; a rejection counts against the model. */
  readonly until?: (result: T) => Promise<void>;
}

/** A call on one model: what it may use, what it used, and the record of it. */
export class Leg {
  readonly model: ModelEntry;
  readonly position: number;
  /** Most tokens of a reply. */
  readonly maxOutputTokens: number;
  readonly #services: DoorServices;
  readonly #call: PreparedCall;
  readonly #candidate: Candidate;
  readonly #startedAt = performance.now();
  readonly #reservations: Reservation[] = [];
  #attempts = 0;
  #inFlight = false;
  #done = false;
  #usage = noUsage;
  #lost: CallUsage[] = [];
  #firstTokenMs: number | null = null;
  #seenBytes = 0;

  constructor(services: DoorServices, call: PreparedCall, position: number) {
    const candidate = call.route.candidates[position] as Candidate;
    this.#services = services;
    this.#call = call;
    this.#candidate = candidate;
    this.position = position;
    this.model = candidate.model;
    this.maxOutputTokens = candidate.model.kind === 'language' ? replyLimit(candidate.model, call.query) : 0;
  }

  get reason(): string {
    return this.#candidate.reason;
  }

  /** What the replies used so far; estimated where the provider did not say. */
  get usage(): CallUsage {
    return this.#usage;
  }

  /** Sets aside what one more reply may use. @throws PlumblineError `budget.exceeded` */
  async reserve(): Promise<void> {
    const { context, basics, query, end } = this.#call;
    const subject = {
      feature: basics.feature,
      userId: basics.userId ?? context.principalId,
      ...(basics.runId !== undefined && { runId: basics.runId }),
    };
    const most = { tokens: query.inputTokens + this.maxOutputTokens, costNanoUsd: this.#candidate.ceilingNanoUsd };
    const reserving = this.#services.budgets.reserve(context, subject, most);
    try {
      this.#reservations.push(await untilAborted(reserving, end.signal));
    } catch (error) {
      reserving.then((late) => late.release(), ignore);
      throw error;
    }
  }

  /** Waits for what a request needs (an SDK being loaded), no longer than the call lasts. @throws the signal's reason */
  ready<T>(needed: Promise<T>): Promise<T> {
    return untilAborted(needed, this.#call.end.signal);
  }

  /** Sends a request through the model's lane and counts what it used. */
  async send<T>(sending: Sending<T>): Promise<T> {
    const { query, end, route } = this.#call;
    const isLast = this.position === route.candidates.length - 1;
    const tokens = query.inputTokens + this.maxOutputTokens;
    const lane = this.#services.laneOf(this.model);
    const sentAt = performance.now();
    const result = await lane.run({
      tokens,
      signal: end.signal,
      patienceMs: isLast ? end.leftMs() : Math.min(PATIENCE_MS, end.leftMs()),
      attempt: (signal) => this.#attempt(sending, signal),
      failed: (failure) => this.#failed(failure),
      ...(sending.until && { until: sending.until }),
    });
    lane.tookMs(performance.now() - sentAt);
    if (sending.usageOf !== null) {
      const usage = sending.usageOf(result);
      if (usage === null && sending.outputOf !== undefined) this.saw(sending.outputOf(result));
      this.count(usage);
    }
    return result;
  }

  /** The reply holds this much more, for an estimate should it break off or not say what it used. */
  saw(output: string): void {
    this.#seenBytes += Buffer.byteLength(output);
  }

  /** Adds what a reply used; null: the provider did not say, so that it is estimated. */
  count(usage: CallUsage | null): void {
    this.#inFlight = false;
    this.#usage = addUsage(this.#usage, usage ?? this.#estimate());
    if (usage === null) return;
    const expected = this.#call.query.inputTokens + this.maxOutputTokens;
    this.#services.laneOf(this.model).used(expected, usage.inputTokens + usage.outputTokens);
  }

  /** The first token is here. */
  firstToken(): void {
    this.#firstTokenMs ??= performance.now() - this.#call.startedAt;
  }

  /** Settles the budget and writes the records; only the first call does anything. */
  finish(outcome: CallOutcome, end: { readonly errorCode?: string; readonly cache?: CacheUse } = {}): void {
    if (this.#done) return;
    this.#done = true;
    if (this.#inFlight) this.#lost.push(this.#estimate());
    const total = this.#lost.reduce(addUsage, this.#usage);
    const [first, ...others] = this.#reservations;
    if (total === noUsage) first?.release();
    else first?.settle(total);
    for (const other of others) other.release();
    const read: CacheUse = this.#usage.cachedInputTokens > 0 ? 'provider' : 'none';
    const errorCode = end.errorCode ?? null;
    const cache = end.cache ?? read;
    this.#record({ outcome, usage: this.#usage, attempts: this.#attempts, cache, errorCode, ...this.#screened() });
    for (const usage of this.#lost) this.#record({ outcome: 'lost', usage, attempts: 0, cache: 'none', errorCode });
  }

  async #attempt<T>(sending: Sending<T>, signal: AbortSignal): Promise<T> {
    this.#attempts++;
    this.#inFlight = true;
    this.#seenBytes = 0;
    const result = await sending.attempt(signal);
    if (sending.usageOf !== null) this.#inFlight = false;
    return result;
  }

  #failed(failure: ModelFailed): void {
    if (this.#done) return; // the call ended before its last request did, which was counted then
    this.#inFlight = false;
    if (failure.mayBeBilled) this.#lost.push(this.#estimate());
  }

  #estimate(): CallUsage {
    return estimatedUsage(this.model.price, {
      input: this.#call.query.inputTokens,
      output: tokensOfBytes(this.#seenBytes),
    });
  }

  #screened(): Pick<CallRecord, 'screened'> {
    const { spans } = this.#call;
    if (this.position > 0 || spans.length === 0) return {};
    return {
      screened: spans
        .slice(0, MOST_PLACES)
        .map(({ message, start, end, type, score, action }) => ({ message, start, end, type, score, action })),
    };
  }

  #record(of: Pick<CallRecord, 'outcome' | 'usage' | 'attempts' | 'cache' | 'errorCode' | 'screened'>): void {
    const { callId, context, basics, at } = this.#call;
    this.#services.meter.record({
      ...of,
      callId,
      tenantId: context.tenantId,
      principalId: context.principalId,
      requestId: context.requestId,
      userId: basics.userId ?? context.principalId,
      feature: basics.feature,
      runId: basics.runId ?? null,
      task: basics.task,
      model: this.model.id,
      provider: this.model.provider.id,
      reason: this.#candidate.reason,
      fallback: this.position,
      latencyMs: performance.now() - this.#startedAt,
      firstTokenMs: this.#firstTokenMs,
      price: this.model.price,
      at,
    });
  }
}

function ignore(): void {
  // A reservation that was refused after its call had ended concerns nobody.
}

import {
  bulkhead,
  type BulkheadPolicy,
  BulkheadRejectedError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  BrokenCircuitError,
  CircuitState,
  CountBreaker,
  handleWhen,
  IterableBackoff,
  retry,
  type RetryPolicy,
  TaskCancelledError,
  timeout,
  type TimeoutPolicy,
  TimeoutStrategy,
} from 'cockatiel';
import type { ModelEntry } from '../registry/registry.ts';
import type { ModelHealth } from '../routing/route.ts';
import { abortableWait, untilAborted } from './abortable-wait.ts';
import { classify } from './classify.ts';
import { ModelFailed } from './failures.ts';
import { fullJitterMs } from './jitter.ts';
import { Pacer } from './pacer.ts';

/** The breaker opens when half of the last calls, after retries, failed; it needs so many to judge. */
const BREAKER = { threshold: 0.5, size: 20, minimumNumberOfCalls: 10 };
/** How long it stays open: longer each time the probes fail. */
const OPEN_MS = [1_000, 2_000, 5_000, 10_000, 30_000];
/** Calls let through to see whether the model is well again; both have to succeed. */
const PROBES = 2;
/** Calls that may wait for a free place, per place. */
const QUEUE_PER_PLACE = 8;
/** Weight of the newest call in the moving average of latencies. */
const LATENCY_WEIGHT = 0.2;

/** Time and chance, injected. */
export interface LaneServices {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** 0 … 1, exclusive. */
  readonly random: () => number;
}

/** One call on one model: possibly several requests. */
export interface LaneCall<T> {
  /** Estimated tokens of prompt and reply, for the pace. */
  readonly tokens: number;
  /** Fires when the caller or the deadline ends the call. */
  readonly signal: AbortSignal;
  /** The longest wait for the pace or `Retry-After` before it is better to try another model, ms. */
  readonly patienceMs: number;
  /** Sends one request. The signal fires at the end of the call and when the attempt has taken too long. */
  attempt(signal: AbortSignal): Promise<T>;
  /** Hears of every failed request. */
  failed?(failure: ModelFailed): void;
  /** Keeps the place until it settles, for replies that are still streaming; a rejection counts against the model. */
  until?(result: T): Promise<void>;
}

/**
 * The way to one model: bulkhead ⊃ breaker ⊃ retry ⊃ pace, timeout. Shared by all calls to it.
 */
export class Lane {
  readonly #model: ModelEntry;
  readonly #services: LaneServices;
  readonly #bulkhead: BulkheadPolicy;
  readonly #breaker: CircuitBreakerPolicy;
  readonly #retry: RetryPolicy;
  readonly #timeout: TimeoutPolicy;
  readonly #requests: Pacer;
  readonly #tokens: Pacer;
  #latencyMs: number | null = null;
  #probing = 0;

  constructor(model: ModelEntry, services: LaneServices) {
    const { concurrent, attempts, attemptTimeoutMs, requestsPerMinute, tokensPerMinute } = model.limits;
    this.#model = model;
    this.#services = services;
    this.#bulkhead = bulkhead(concurrent, concurrent * QUEUE_PER_PLACE);
    this.#breaker = circuitBreaker(
      handleWhen((error) => error instanceof ModelFailed && error.breaks),
      {
        breaker: new CountBreaker(BREAKER),
        halfOpenAfter: new IterableBackoff(OPEN_MS),
        halfOpenSampling: { calls: PROBES, threshold: 0 },
      },
    );
    const again = handleWhen((error) => error instanceof ModelFailed && error.retry);
    this.#retry = retry(again, { maxAttempts: attempts - 1 });
    this.#timeout = timeout(attemptTimeoutMs, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false });
    this.#requests = new Pacer(requestsPerMinute);
    this.#tokens = new Pacer(tokensPerMinute);
  }

  /** How it has been doing. */
  health(): ModelHealth {
    return { breaker: this.#breakerState(), latencyMs: this.#latencyMs };
  }

  /** The reply came after so long; moves the average. */
  tookMs(latencyMs: number): void {
    this.#latencyMs =
      this.#latencyMs === null ? latencyMs : this.#latencyMs + LATENCY_WEIGHT * (latencyMs - this.#latencyMs);
  }

  /** Corrects the pace when a reply used fewer or more tokens than `LaneCall.tokens`. */
  used(estimated: number, tokens: number): void {
    this.#tokens.giveBack(estimated - tokens);
  }

  /**
   * Makes one call.
   * @throws ModelFailed; the signal's reason when it fires
   */
  async run<T>(call: LaneCall<T>): Promise<T> {
    call.signal.throwIfAborted();
    const isProbe = this.#breakerState() === 'half-open';
    if (isProbe && this.#probing >= PROBES) throw new ModelFailed(this.#model.id, 'busy');
    this.#probing += isProbe ? 1 : 0;
    try {
      return await untilAborted(this.#through(call), call.signal);
    } finally {
      this.#probing -= isProbe ? 1 : 0;
    }
  }

  /** Resolves with the reply; the place and the breaker go on with it until `until` settles. */
  #through<T>(call: LaneCall<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const work = async (): Promise<void> => {
        const result = await this.#retried(call);
        resolve(result);
        await call.until?.(result);
      };
      this.#bulkhead
        .execute(() => this.#breaker.execute(work, call.signal), call.signal)
        .catch((error: unknown) => reject(this.#known(error)));
    });
  }

  #retried<T>(call: LaneCall<T>): Promise<T> {
    let last: ModelFailed | null = null;
    return this.#retry.execute(async ({ attempt }) => {
      if (last !== null) await this.#waitAfter(last, attempt, call);
      await this.#pace(call);
      try {
        return await this.#timeout.execute(({ signal }) => call.attempt(signal), call.signal);
      } catch (error) {
        last = this.#failureOf(error, call);
        if (last.retryAfterMs !== null) this.#requests.pauseUntil(this.#services.clock() + last.retryAfterMs);
        call.failed?.(last);
        throw last;
      }
    }, call.signal);
  }

  #failureOf(error: unknown, call: LaneCall<unknown>): ModelFailed {
    const { id } = this.#model;
    if (call.signal.aborted) return new ModelFailed(id, 'aborted');
    if (error instanceof TaskCancelledError) return new ModelFailed(id, 'timed-out');
    return classify(id, error, this.#services.clock());
  }

  /** Full jitter, or as long as the provider asked for; impatience ends the attempts with the failure that was. */
  async #waitAfter(last: ModelFailed, attempt: number, call: LaneCall<unknown>): Promise<void> {
    const waitMs = Math.max(last.retryAfterMs ?? 0, fullJitterMs(attempt, this.#services.random()));
    if (waitMs > call.patienceMs) throw new GivenUp(last);
    await abortableWait(waitMs, call.signal);
  }

  async #pace(call: LaneCall<unknown>): Promise<void> {
    const now = this.#services.clock();
    const expectedMs = Math.max(this.#requests.waitMs(now, 1), this.#tokens.waitMs(now, call.tokens));
    if (expectedMs > call.patienceMs) {
      throw new GivenUp(new ModelFailed(this.#model.id, 'rate-limited', { retryAfterMs: expectedMs }));
    }
    const waitMs = Math.max(this.#requests.take(now, 1), this.#tokens.take(now, call.tokens));
    await abortableWait(waitMs, call.signal);
  }

  /** What the policies threw, in our words. */
  #known(error: unknown): unknown {
    if (error instanceof GivenUp) return error.failure;
    const isBusy = error instanceof BulkheadRejectedError || error instanceof BrokenCircuitError;
    return isBusy ? new ModelFailed(this.#model.id, 'busy') : error;
  }

  /** Half-open as soon as the breaker's time is over, although cockatiel turns only with the next call. */
  #breakerState(): ModelHealth['breaker'] {
    switch (this.#breaker.state) {
      case CircuitState.Closed:
        return 'closed';
      case CircuitState.HalfOpen:
        return 'half-open';
      case CircuitState.Open:
      case CircuitState.Isolated: {
        const { ownState } = this.#breaker.toJSON() as { ownState: { openedAt?: number; attemptNo?: number } };
        const openMs = OPEN_MS[Math.min(ownState.attemptNo ?? 1, OPEN_MS.length) - 1] ?? 0;
        return Date.now() - (ownState.openedAt ?? 0) >= openMs ? 'half-open' : 'open';
      }
    }
  }
}

/** Carries a failure past the retry policy. */
class GivenUp extends Error {
  readonly failure: ModelFailed;

  constructor(failure: ModelFailed) {
    super(failure.message);
    this.failure = failure;
  }
}

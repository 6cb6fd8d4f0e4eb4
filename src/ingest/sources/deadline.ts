import { OperationAborted } from '../../base/index.ts';
import { SourceTimedOut } from './source-error.ts';

/** One fetch's time: a total that runs from the start, and the signal everything in the fetch listens to. */
export interface Deadline {
  /** Aborts with the error to throw: the caller's stop or {@link SourceTimedOut}. */
  readonly signal: AbortSignal;
  /** Waits for `work`, at most `limitMs` and never past the total. */
  within<T>(doing: string, limitMs: number, work: Promise<T>): Promise<T>;
  /** Starts a timer that must be fed at least every `limitMs`. */
  idleTimer(doing: string, limitMs: number): { feed(): void };
  /** Frees the timers; call it in `finally`. */
  end(): void;
}

/**
 * @param address named in the error
 * @param totalMs for everything together
 * @param outer the caller's signal
 */
export function startDeadline(address: string, totalMs: number, outer: AbortSignal): Deadline {
  const controller = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const expire = (doing: string, limitMs: number) => controller.abort(new SourceTimedOut(address, doing, limitMs));
  const start = (doing: string, limitMs: number) => {
    const timer = setTimeout(expire, limitMs, doing, limitMs);
    timers.add(timer);
    return timer;
  };
  const stop = () => controller.abort(new OperationAborted('Fetching an address', outer.reason));
  if (outer.aborted) stop();
  else outer.addEventListener('abort', stop, { once: true });
  start('the whole fetch', totalMs);
  return {
    signal: controller.signal,
    async within(doing, limitMs, work) {
      const timer = start(doing, limitMs);
      try {
        return await Promise.race([work, rejectionOf(controller.signal)]);
      } finally {
        clearTimeout(timer);
        timers.delete(timer);
      }
    },
    idleTimer(doing, limitMs) {
      const timer = start(doing, limitMs);
      return { feed: () => timer.refresh() };
    },
    end() {
      for (const timer of timers) clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    else signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

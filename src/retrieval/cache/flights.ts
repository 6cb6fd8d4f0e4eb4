import { OperationAborted } from '../../base/index.ts';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiters: number;
}

/** Work that is asked for by several at once and done once. It is stopped when nobody waits for it any more. */
export class Flights<T> {
  readonly #inFlight = new Map<string, Flight<T>>();

  /**
   * The result of the work under this key: that in hand, or that begun now.
   * @throws OperationAborted when `signal` is; otherwise what the work throws, to everyone who waits
   */
  async join(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) throw new OperationAborted('Searching', signal.reason);
    const flight = this.#inFlight.get(key) ?? this.#begin(key, work);
    flight.waiters++;
    const left = Promise.withResolvers<never>();
    const leave = (): void => left.reject(new OperationAborted('Searching', signal.reason));
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([flight.result, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      flight.waiters--;
      if (flight.waiters === 0) this.#end(key, flight);
    }
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const result = work(stop.signal);
    result.catch(() => undefined); // nobody may wait for it any more
    const flight = { result, stop, waiters: 0 };
    this.#inFlight.set(key, flight);
    return flight;
  }

  /** What is done already is not stopped by it. */
  #end(key: string, flight: Flight<T>): void {
    if (this.#inFlight.get(key) === flight) this.#inFlight.delete(key);
    flight.stop.abort();
  }
}

/**
 * Runs `work` over an asynchronous sequence with at most `limit` items in flight. Results are not kept, so memory is
 * bounded by `limit`. The first failure, also one of the sequence itself, stops it, waits for what is in flight, and is
 * thrown.
 * @param limit ≥ 1
 */
export async function forEachConcurrent<T>(
  items: AsyncIterable<T> | Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  let failed = false;
  let failure: unknown;
  const fail = (error: unknown): void => {
    if (!failed) failure = error;
    failed = true;
  };
  try {
    for await (const item of items) {
      if (failed) break;
      const task: Promise<void> = work(item)
        .catch(fail)
        .finally(() => inFlight.delete(task));
      inFlight.add(task);
      if (inFlight.size >= limit) await Promise.race(inFlight);
    }
  } catch (error) {
    fail(error);
  }
  await Promise.all(inFlight);
  if (failed) throw failure;
}

/** A queue for mutual exclusion inside one process: `run` bodies never overlap and keep their order. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /** Runs `work` after everything queued before it has settled. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work, work);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}

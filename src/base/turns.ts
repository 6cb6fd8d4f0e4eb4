const waiting: (() => void)[] = [];

/**
 * Resolves in a turn of the event loop that no other caller shares, in the order of asking: steps of some milliseconds that come
 * due together then do not add up to one long one. Costs one turn; call it before such a step where many may be under way.
 */
export function ownTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  waiting.shift()?.();
  // From here on it is called for by the next in line, or by nobody.
  if (waiting.length > 0) setImmediate(next);
}

/** How long {@link inTurns} holds the event loop at a time, in milliseconds: a tenth of what nothing may exceed. */
const STRETCH_MS = 1;

/**
 * Does a step with each item, in their order, and lets others have the event loop after each millisecond of it. Code that is new to the
 * engine is many times slower than the same code a second later, so that counting items would not do.
 */
export async function inTurns<T>(items: Iterable<T>, step: (item: T) => void): Promise<void> {
  let until = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    if (performance.now() > until) {
      await ownTurn();
      until = performance.now() + STRETCH_MS;
    }
    step(item);
  }
}

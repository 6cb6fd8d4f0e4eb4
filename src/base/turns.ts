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

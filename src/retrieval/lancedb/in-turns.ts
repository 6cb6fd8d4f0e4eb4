/** Entries looked at in one turn. */
const ENTRIES_PER_TURN = 5_000;

/** Does a small thing with each entry, letting others have their turn. */
export async function inTurns<T>(entries: Iterable<T>, work: (entry: T) => void): Promise<void> {
  let done = 0;
  for (const entry of entries) {
    work(entry);
    done += 1;
    if (done % ENTRIES_PER_TURN === 0) await new Promise(setImmediate);
  }
}

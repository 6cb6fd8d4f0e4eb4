/** A stretch of a version's canonical text: half-open, UTF-16 code units. */
export interface Stretch {
  readonly versionId: string;
  readonly start: number;
  readonly end: number;
}

/** What is to be read of one found passage. */
export interface Read<T> {
  /** The best passage that was found in it. */
  readonly passage: T;
  readonly start: number;
  readonly end: number;
}

/** How much may be read. */
export interface Room<T> {
  /** Passages at most. */
  readonly passages: number;
  /** Tokens at most of all together; the first passage is read in any case. */
  readonly tokens: number;
  /** Tokens of a stretch of the text that the passage stands in. */
  readonly tokensOf: (passage: T, stretch: { readonly start: number; readonly end: number }) => number;
}

/**
 * Chooses what is read: the best passages while there is room, then, best first, each with its neighbours where there still is. Neighbours
 * end where another passage that is read begins, so that nothing is read twice for their sake. Pure.
 * @param passages best first
 * @param grown each with its neighbours: contains it, same version
 * @returns in the order given, each containing its passage
 */
export function fitReading<T extends Stretch>(
  passages: readonly T[],
  grown: (passage: T) => Pick<Stretch, 'start' | 'end'>,
  room: Room<T>,
): Read<T>[] {
  const reading: Read<T>[] = [];
  let left = room.tokens;
  for (const passage of passages) {
    if (reading.length === room.passages) break;
    const tokens = room.tokensOf(passage, passage);
    if (reading.length > 0 && tokens > left) continue;
    reading.push({ passage, start: passage.start, end: passage.end });
    left -= tokens;
  }
  for (const [at, read] of reading.entries()) {
    const wider = { ...read, ...between(read, grown(read.passage), reading) };
    const more = room.tokensOf(read.passage, wider) - room.tokensOf(read.passage, read);
    if (more > left) continue;
    reading[at] = wider;
    left -= more;
  }
  return reading;
}

/** As far as neighbours reach without what else is read of the version. */
function between<T extends Stretch>(
  read: Read<T>,
  grown: Pick<Stretch, 'start' | 'end'>,
  reading: readonly Read<T>[],
): Pick<Stretch, 'start' | 'end'> {
  let { start, end } = grown;
  for (const other of reading) {
    if (other === read || other.passage.versionId !== read.passage.versionId) continue;
    if (other.start <= read.start) start = Math.max(start, Math.min(other.end, read.start));
    if (other.end >= read.end) end = Math.min(end, Math.max(other.start, read.end));
  }
  return { start, end };
}

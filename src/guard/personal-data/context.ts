/** A place in a text, in UTF-16 code units, half-open. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** How far words that say what a number is may stand from it, in UTF-16 code units: about six words. */
const CONTEXT_UNITS = 40;

/** Whether `pattern` occurs shortly before the place, in the same paragraph. */
export function saidBefore(text: string, { start }: Place, pattern: RegExp): boolean {
  const before = text.slice(Math.max(0, start - CONTEXT_UNITS), start);
  return pattern.test(before.slice(before.lastIndexOf('\n\n') + 1));
}

/** Whether `pattern` occurs shortly before or after the place. */
export function saidNear(text: string, place: Place, pattern: RegExp): boolean {
  return saidBefore(text, place, pattern) || pattern.test(text.slice(place.end, place.end + CONTEXT_UNITS));
}

/** A match of a global pattern as a place with its words. */
export interface Match extends Place {
  readonly value: string;
  /** The named groups that took part. */
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** All matches of a pattern that has the `g` flag. */
export function* matches(text: string, pattern: RegExp): Generator<Match> {
  for (const match of text.matchAll(pattern)) {
    const [value] = match;
    yield { start: match.index, end: match.index + value.length, value, groups: match.groups ?? {} };
  }
}

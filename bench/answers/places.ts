/** Words of a document that answer a question; white space is collapsed. */
export interface GoldPassage {
  /** Path under `documents/`. */
  readonly document: string;
  readonly quote: string;
}

/** A stretch of a document's canonical text. */
export interface Place {
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where a gold quote stands in a canonical text, whatever its white space.
 * @returns null when the text does not hold it
 */
export function placeOf(gold: GoldPassage, text: string): Place | null {
  const words = gold.quote.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = new RegExp(words.join('\\s+')).exec(text);
  if (found === null) return null;
  return { document: gold.document, start: found.index, end: found.index + found[0].length };
}

/** Whether two places share at least half of the shorter one. */
export function overlaps(a: Place, b: Place): boolean {
  if (a.document !== b.document) return false;
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared * 2 >= Math.min(a.end - a.start, b.end - b.start);
}

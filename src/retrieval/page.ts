import { isId, PlumblineError } from '../base/index.ts';
import { byScore, type Scored } from './fusion.ts';

/** The cursor was not made by this search. */
class CursorInvalid extends PlumblineError {
  constructor() {
    super({
      code: 'cursor.invalid',
      kind: 'caller',
      message: 'The cursor is not one this search gave out. Start from the first page, without a cursor.',
    });
  }
}

/** A place in a ranking, opaque to callers: base64url of score and id. */
export function encodeCursor(place: Scored): string {
  return Buffer.from(JSON.stringify([place.score, place.id])).toString('base64url');
}

/** @throws CursorInvalid */
function decodeCursor(cursor: string): Scored {
  try {
    const [score, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof score === 'number' && typeof id === 'string' && isId(id)) return { score, id };
  } catch {
    // Not JSON, or JSON of another shape: refused below.
  }
  throw new CursorInvalid();
}

/**
 * One page of a ranking that is in the order of `byScore`.
 * @param after cursor of the page before; null for the first page
 * @returns the entries and the cursor of the next page; null when this was the last
 * @throws CursorInvalid
 */
export function pageAfter<T extends Scored>(
  ranking: readonly T[],
  page: { readonly after: string | null; readonly limit: number },
): { entries: T[]; next: string | null } {
  const place = page.after === null ? null : decodeCursor(page.after);
  const rest = place === null ? ranking : ranking.filter((entry) => byScore(place, entry) < 0);
  const entries = rest.slice(0, page.limit);
  const last = entries.at(-1);
  return { entries, next: last !== undefined && rest.length > entries.length ? encodeCursor(last) : null };
}

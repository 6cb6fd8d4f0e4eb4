/** Where one question ends and another begins: a mark, or a joined clause that asks again. */
const BORDER =
  /\?\s+|[,;]?\s+(?:and|or|but)\s+(?=(?:also\s+)?(?:how|what|when|where|who|whom|whose|which|why|until when|since when|from when|is|are|do|does|did|can|may|must|will|should|am)\b)/gi;

/** Shorter than this in words it asks nothing by itself ("and when?"). */
const FEWEST_WORDS = 3;

/**
 * The questions asked in one: `What does it cost, and how long does it take?` → two. One that cannot stand alone stays
 * with the one before.
 * @returns at least one; the whole when it asks one thing
 */
export function questionParts(question: string): string[] {
  const whole = question.trim();
  const parts: string[] = [];
  let from = 0;
  for (const border of whole.matchAll(BORDER)) {
    const part = whole.slice(from, border.index).trim();
    const rest = whole.slice(border.index + border[0].length).trim();
    if (words(part) < FEWEST_WORDS || words(rest) < FEWEST_WORDS || !asks(part)) continue;
    parts.push(part);
    from = border.index + border[0].length;
  }
  parts.push(whole.slice(from).trim());
  return parts;
}

function words(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** A statement before the question sets the scene and is no question of its own. */
function asks(text: string): boolean {
  return /^\W*(?:and |but |so )?(?:how|what|when|where|who|whom|whose|which|why|until when|since when|from when|is|are|do|does|did|can|may|must|will|should|am|in which|at what|on which|by when)\b/i.test(
    text,
  );
}

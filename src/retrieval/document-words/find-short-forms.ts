/** A short form and what it stands for, as a text explains it. */
export interface ShortForm {
  /** As written, 2 to 10 characters: `FDA`. */
  readonly short: string;
  /** The words before it: `Food and Drug Administration`. */
  readonly long: string;
}

const IN_BRACKETS = /\(([\p{Lu}][\p{L}\p{N}&.-]{1,9})\)/gu;
/** How far before the bracket the long form may begin, characters. */
const REACH = 160;

/**
 * Short forms that a text explains in brackets: "Food and Drug Administration (FDA)". The long form is the shortest run of
 * words before the bracket that holds the short form's characters in order, the first of them at the beginning of a word,
 * at most twice as many words as characters, or five more (Schwartz and Hearst, PSB 2003). Pure; no claim about how often.
 */
export function findShortForms(text: string): ShortForm[] {
  const found: ShortForm[] = [];
  if (!text.includes('(')) return found;
  for (const match of text.matchAll(IN_BRACKETS)) {
    const short = match[1] ?? '';
    if ((short.match(/\p{Lu}/gu)?.length ?? 0) < 2) continue;
    const before =
      text
        .slice(Math.max(0, match.index - REACH), match.index)
        .split(/[.;:()\n]/)
        .at(-1) ?? '';
    const long = longFormIn(before.trimEnd(), short.replace(/[^\p{L}\p{N}]/gu, ''));
    if (long !== null) found.push({ short, long });
  }
  return found;
}

function longFormIn(before: string, short: string): string | null {
  const text = before.toLowerCase();
  const letters = short.toLowerCase();
  let at = text.length;
  for (let index = letters.length - 1; index >= 0; index -= 1) {
    if (at === 0) return null;
    const letter = letters.charAt(index);
    at = index === 0 ? lastBeginning(text, letter, at - 1) : text.lastIndexOf(letter, at - 1);
    if (at < 0) return null;
  }
  const long = before.slice(at).trim();
  const words = long.split(/\s+/).length;
  const fits = words >= 2 && words <= Math.min(letters.length + 5, letters.length * 2);
  return fits && long.length > short.length ? long : null;
}

/** Where a word that begins with the letter last begins, at `from` or before; -1: nowhere. */
function lastBeginning(text: string, letter: string, from: number): number {
  for (let at = from; at >= 0; at -= 1) {
    if (text[at] === letter && (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1)))) return at;
  }
  return -1;
}

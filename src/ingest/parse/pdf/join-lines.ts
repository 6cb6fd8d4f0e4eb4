/** Words of a document, to decide what a hyphen at a line's end meant. */
export type Vocabulary = ReadonlySet<string>;

const WORD = /[\p{L}\p{N}]+(?:[-‐][\p{L}\p{N}]+)*/gu;

/** All words, lower-cased. */
export function vocabularyOf(lines: Iterable<string>): Vocabulary {
  const words = new Set<string>();
  for (const line of lines) for (const word of line.match(WORD) ?? []) words.add(word.toLowerCase());
  return words;
}

/**
 * Joins the lines of a paragraph with spaces. A hyphen at a line's end is taken out only before a small letter and when
 * the joined word is known from elsewhere, or the hyphenated one is not.
 */
export function joinLines(lines: readonly string[], vocabulary: Vocabulary): string {
  let text = '';
  for (const line of lines) {
    if (text === '') text = line;
    else if (text.endsWith('\u00ad')) text = text.slice(0, -1) + line;
    else if (/\p{L}[-‐]$/u.test(text) && /^\p{Ll}/u.test(line)) text = joinHyphen(text, line, vocabulary);
    else text += isUnspaced(text, line) ? line : ` ${line}`;
  }
  return text;
}

function joinHyphen(text: string, line: string, vocabulary: Vocabulary): string {
  const before = /[\p{L}\p{N}-]+$/u.exec(text.slice(-60, -1))?.[0] ?? '';
  const after = /^\p{L}+/u.exec(line)?.[0] ?? '';
  const joined = (before + after).toLowerCase();
  const hyphenated = `${before}-${after}`.toLowerCase();
  const drop = vocabulary.has(joined) || !vocabulary.has(hyphenated);
  return drop ? text.slice(0, -1) + line : text + line;
}

/** Chinese and Japanese are written without spaces. */
function isUnspaced(text: string, line: string): boolean {
  return (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。]$/u.test(text) &&
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。]/u.test(line)
  );
}

/**
 * What could move the cursor, end a line, recolour a terminal or reorder what is read: control characters (C0, DEL, C1),
 * line and paragraph separators, zero-width and bidirectional marks, lone surrogates, the replacement character.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD]/gu;

/**
 * A name as it may be shown in a terminal, a log or a page: every invisible or controlling character becomes
 * `\u{hex}`, so that two different names never look the same by such characters.
 */
export function printableName(name: string): string {
  return name.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

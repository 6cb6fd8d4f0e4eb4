/** Everything but printable ASCII, tab and line feed: text without a match is already canonical. */
const SUSPECT = /[^\n\t\x20-\x7e]/;
const LINE_ENDS = /\r\n?|\u2028|\u2029|\u0085|\u000c|\u000b/g;
/**
 * Control characters, soft hyphens, byte order marks, bidirectional overrides and other invisible characters that can
 * hide words from a reader. Zero-width joiner and non-joiner stay: some scripts and emoji need them.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** White space that is not one plain space. */
const RAGGED = /[^\S ]|\s{2}/;

/**
 * Makes a text canonical: `\n` line ends, no control or invisible characters but `\n` and `\t`, lone surrogates
 * replaced by U+FFFD, Unicode NFC. Idempotent.
 */
export function cleanText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(LINE_ENDS, '\n').replace(INVISIBLE, '').toWellFormed().normalize('NFC');
}

/** {@link cleanText}, with every run of white space made one space: for titles, headings and table cells. */
export function cleanLine(text: string): string {
  const clean = cleanText(text).trim();
  return RAGGED.test(clean) ? clean.replace(/\s+/g, ' ') : clean;
}

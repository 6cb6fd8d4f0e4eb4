import { recordFieldsOf } from '../parse/record-fields.ts';
import { isRow } from '../parse/table-cells.ts';

/** A stretch of a text: half-open, UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A possible end: marks, closing quotes and brackets, then white space; or ideographic marks; or a line break. */
const CANDIDATE = /[.!?…]+["'”’»)\]]*(?=\s)|[。！？｡؟।]+[”’」』）]*|\n/g;
/** Words whose full stop does not end a sentence. */
const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof st jr sr vs etc e.g i.e cf al fig figs no nos vol vols pp p ed eds art arts sec secs para paras ch chap ' +
    'dept inc ltd co corp llc gmbh ag approx ca est min max jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri ' +
    'sat sun u.s u.k a.m p.m ph.d m.d b.a m.a viz resp incl excl ref refs tab eq eqs rev hon gen col capt lt sgt z.b d.h bzw usw nr'
  ).split(' '),
);
/** Of these, the ones that often do end a sentence: a capital after them decides. */
const MAY_END = new Set([
  'etc',
  'inc',
  'ltd',
  'co',
  'corp',
  'llc',
  'gmbh',
  'ag',
  'al',
  'a.m',
  'p.m',
  'u.s',
  'u.k',
  'no',
  'usw',
  'jr',
  'sr',
  'ph.d',
  'm.d',
]);
const LINE_START = /^(?:[-*+•◦▪–] |\d{1,3}[.)] |\(?[a-z]\) |\S+:|[^|]*\|)/;

/**
 * Splits a text into sentences. Abbreviations, initials, decimals, section numbers and dotted addresses do not end a
 * sentence; an empty line, a list item, a table row, a record and a line that ends without a mark before a capital do. Every
 * character that is not white space is in exactly one sentence; sentences are in order, without outer white space.
 */
export function splitSentences(text: string): Span[] {
  const sentences: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const end = match.index + match[0].length;
    if (!(match[0] === '\n' ? endsAtLineBreak(text, match.index) : endsAtMark(text, match.index, end))) continue;
    pushTrimmed(sentences, text, { start, end });
    start = end;
  }
  pushTrimmed(sentences, text, { start, end: text.length });
  return sentences;
}

function pushTrimmed(sentences: Span[], text: string, span: Span): void {
  let { start, end } = span;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  if (end > start) sentences.push({ start, end });
}

/** White space as `\s` has it. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  return code >= 0xa0 && /\s/.test(String.fromCharCode(code));
}

/** Of a line above a break, its beginning and its end are looked at this far. UTF-16 code units. */
const LOOKED_AT = 200;

/** A line break inside wrapped prose joins; before something that starts a line of its own it separates. */
function endsAtLineBreak(text: string, index: number): boolean {
  const rest = text.slice(index + 1, index + 121);
  const next = rest.split('\n', 1)[0] ?? '';
  if (next.trim() === '') return true;
  if (LINE_START.test(next.trimStart())) return true;
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  const line = text.slice(Math.max(lineStart, index - LOOKED_AT), index);
  if (isRow(line) || isRecordLine(text.slice(lineStart, Math.min(index, lineStart + LOOKED_AT)), next)) return true;
  return line.length < 50 && /^\s*[\p{Lu}\p{N}]/u.test(next) && !/[,;:\-–(]\s*$/.test(line);
}

/** Whether a line is a record of its own: it begins with a field and has more, or has one that the record above has. */
function isRecordLine(above: string, line: string): boolean {
  const fields = recordFieldsOf(line);
  if (fields.length > 1 && fields[0]?.start === 0) return true;
  const known = fields.length === 0 ? [] : recordFieldsOf(above);
  return fields.some(({ name }) => known.some((other) => other.name === name));
}

function endsAtMark(text: string, index: number, end: number): boolean {
  const mark = text[index] ?? '';
  if (mark !== '.') return mark !== '…' || startsSentence(text, end);
  if (text[index + 1] === '.') return startsSentence(text, end);
  const word = wordBefore(text, index);
  if (/^\d+$/.test(word) && word.length <= 3 && isLineStart(text, index - word.length)) return false;
  if (/^\p{Lu}$/u.test(word) && !/^[IVX]$/.test(word)) return false;
  const bare = word.toLowerCase().replace(/^[("'[“‘]+/, '');
  if (ABBREVIATIONS.has(bare))
    return MAY_END.has(bare) && startsSentence(text, end) && !/^\s+\d/.test(text.slice(end, end + 4));
  return startsSentence(text, end) || !/^\s+\p{Ll}/u.test(text.slice(end, end + 8));
}

function wordBefore(text: string, index: number): string {
  let start = index;
  while (start > 0 && index - start < 24 && !isSpace(text.charCodeAt(start - 1))) start -= 1;
  return text.slice(start, index);
}

function isLineStart(text: string, index: number): boolean {
  let at = index;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  return at === 0 || text[at - 1] === '\n';
}

function startsSentence(text: string, end: number): boolean {
  return /^\s+["'“‘«([]*[\p{Lu}\p{Lo}\p{N}]/u.test(text.slice(end, end + 16)) || end >= text.length;
}

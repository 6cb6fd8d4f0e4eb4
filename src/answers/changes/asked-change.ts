/** A moment (milliseconds since 1970 UTC), or a version of a document, from 1. */
export type Moment = { readonly at: number } | { readonly version: number };

/** What is to be compared. */
export interface Between {
  readonly from: Moment;
  readonly to: Moment;
}

/** A question about what changed. */
export interface AskedChange extends Between {
  /** The question without what names the change and its moments; '' when it asks about everything. */
  readonly topic: string;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const RELATIVE = '(?:this|last) (?:year|month)';
const DATE = `\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)? ${MONTH} \\d{4}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|${MONTH} \\d{4}|\\d{4}-\\d{2}|(?:19|20)\\d{2}|${RELATIVE}|today|now`;
const PERIOD = `${MONTH} \\d{4}|\\d{4}-\\d{2}|(?:19|20)\\d{2}|${RELATIVE}`;
const VERSION = '(?:versions?|v)\\.? ?\\d{1,5}';
const PAIR = new RegExp(
  `\\b(?:between|from|since)\\s+(?:the )?(${VERSION}|${DATE})\\s*(?:and|to|until|till|–|-)\\s*(?:the )?(${VERSION}|${DATE}|\\d{1,5})\\b`,
  'i',
);
const VERSIONS =
  /\b(?:(?:between|from)\s+)?versions?\s+(\d{1,5})\s+(?:and|to|vs\.?|versus|with)\s+(?:version\s+)?(\d{1,5})\b/i;
const SINCE = new RegExp(`\\bsince\\s+(?:the )?(${DATE})\\b`, 'i');
const WITHIN = new RegExp(
  `\\b(?:in|during|within|over)\\s+(?:the (?:course of )?)?(${PERIOD})\\b|\\b(${RELATIVE})\\b`,
  'i',
);
/** Asks for changes though it names one period only, in which much else may be asked about. */
const ASKS_OF_PERIOD =
  /\b(?:what|which)\b.*\b(?:chang(?:e[sd]?|ing)|differs?|different|revised|amended)\b|\bhow (?:has|have|did|does)\b.*\bchanged?\b|\bwhat(?:'s|’s| is| was) new\b/i;
const ASKS =
  /\b(?:chang(?:e[sd]?|ing)|differ(?:s|ed|ent|ences?)?|differences?|diff|new|compare[sd]?|updated?|revised|amended)\b/i;
const ABOUT_CHANGE =
  /\b(?:what(?:'s|’s)?|which|how|has|have|had|is|are|was|were|did|does|do|been|anything|something|chang(?:e[sd]?|ing)|differ(?:s|ed|ent|ences?)?|differences?|diff|new|compare[sd]?|updated?|revised|amended|tell|me|show|please|about|in|of|for|to|the|and|there|regarding|concerning)\b/gi;

/**
 * Reads a question about what changed between two moments or versions that it names: `What changed in the leave policy between
 * 2024-01-01 and 2025-06-01?`, `… between versions 1 and 2`, `… since March 2025`, `… in 2025`, `… last year`. English only.
 * @param now milliseconds since 1970 UTC, for `since`, `today` and `last year`
 * @returns null when it asks something else
 */
export function askedChange(question: string, now: number): AskedChange | null {
  const [pair, period] = [namedMoments(question, now), namedPeriod(question, now)];
  const found = pair ?? period;
  if (found === null) return null;
  const rest = `${question.slice(0, found.index)} ${question.slice(found.index + found.length)}`;
  if (!(pair === null ? ASKS_OF_PERIOD : ASKS).test(rest)) return null;
  return { from: found.from, to: found.to, topic: topicOf(rest) };
}

/** What a question about changes is about: its words without those that ask for changes. */
export function topicOf(question: string): string {
  return question
    .replace(ABOUT_CHANGE, ' ')
    .replace(/[?!.,;:]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

type Found = Between & { readonly index: number; readonly length: number };

function namedMoments(question: string, now: number): Found | null {
  const versions = VERSIONS.exec(question);
  if (versions !== null) {
    const [from, to] = [{ version: Number(versions[1]) }, { version: Number(versions[2]) }];
    return { from, to, index: versions.index, length: versions[0].length };
  }
  const pair = PAIR.exec(question);
  const match = pair ?? SINCE.exec(question);
  if (match === null) return null;
  const from = momentOf(match[1] ?? '', { now, end: false });
  const to = pair === null ? { at: now } : momentOf(pair[2] ?? '', { now, end: true });
  if (from === null || to === null || 'version' in from !== 'version' in to) return null;
  return { from, to, index: match.index, length: match[0].length };
}

/** From the last moment before a period to its last one, or to now. */
function namedPeriod(question: string, now: number): Found | null {
  const match = WITHIN.exec(question);
  if (match === null) return null;
  const named = match[1] ?? match[2] ?? '';
  const [first, last] = [momentOf(named, { now, end: false }), momentOf(named, { now, end: true })];
  if (first === null || last === null || 'version' in first || 'version' in last || first.at > now) return null;
  const [from, to] = [{ at: first.at - 1 }, { at: Math.min(last.at, now) }];
  return { from, to, index: match.index, length: match[0].length };
}

/** @param given.end of a month or a year its last moment; else its first */
function momentOf(text: string, given: { readonly now: number; readonly end: boolean }): Moment | null {
  const version = /^(?:versions?|v)\.? ?(\d{1,5})$/i.exec(text) ?? /^(\d{1,3})$/.exec(text);
  if (version !== null) return { version: Number(version[1]) };
  if (/^(?:today|now)$/i.test(text)) return { at: given.now };
  const [year, month, day] = relativeParts(text, given.now) ?? partsOf(text);
  if (year === null) return null;
  const at = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  const written = new Date(at);
  if (day !== null && written.getUTCDate() !== day) return null;
  if (day !== null || !given.end) return { at };
  return { at: (month === null ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1)) - 1 };
}

/** This and last year or month, in UTC. */
function relativeParts(text: string, now: number): [number, number | null, null] | null {
  const [, which, unit] = /^(this|last) (year|month)$/i.exec(text) ?? [];
  if (which === undefined || unit === undefined) return null;
  const today = new Date(now);
  const back = which.toLowerCase() === 'last' ? 1 : 0;
  if (unit.toLowerCase() === 'year') return [today.getUTCFullYear() - back, null, null];
  const month = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1));
  return [month.getUTCFullYear(), month.getUTCMonth() + 1, null];
}

function partsOf(text: string): [number | null, number | null, number | null] {
  const iso = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  if (iso !== null) return [Number(iso[1]), numberOr(iso[2]), numberOr(iso[3])];
  const name = /[a-z]+/i.exec(text.replace(/\d+(?:st|nd|rd|th)/i, (day) => day.replace(/\D+/, '')))?.[0] ?? '';
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const year = numberOr(/\d{4}/.exec(text)?.[0]);
  const day = numberOr(/(?<!\d)\d{1,2}(?!\d)/.exec(text)?.[0]);
  return month === 0 ? [null, null, null] : [year, month, day];
}

function numberOr(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

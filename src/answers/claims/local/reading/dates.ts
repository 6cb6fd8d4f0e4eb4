import { MONTH_NUMBERS, WEEKDAY_NUMBERS } from './lexicon/units.ts';
import type { Token } from './tokens.ts';

/** A date as far as it is told; null: not told. */
export interface PartialDate {
  readonly year: number | null;
  /** 1…12. */
  readonly month: number | null;
  readonly day: number | null;
  /** 1 = Monday … 7. */
  readonly weekday: number | null;
  /** Minutes since midnight. */
  readonly minutes: number | null;
  /** Tokens read. */
  readonly length: number;
}

const NOTHING = { year: null, month: null, day: null, weekday: null, minutes: null };
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const CLOCK = /^(\d{1,2}):(\d{2})$/;
const DAY = /^(\d{1,2})(?:st|nd|rd|th)?$/;
const YEAR = /^(?:1[5-9]|20)\d{2}$/;
const HALVES: ReadonlyMap<string, number> = new Map([
  ['am', 0],
  ['a.m.', 0],
  ['pm', 12],
  ['p.m.', 12],
]);
/** Before a word that is a month and something else. */
const BEFORE_MONTH = new Set(
  'in of on since by until from before after last next this early late mid during to and between through'.split(' '),
);

/** Reads a date or a time of day at a place; null: there is none. */
export function readDate(tokens: readonly Token[], at: number): PartialDate | null {
  const lower = tokens[at]?.lower ?? '';
  const first = lower.charCodeAt(0);
  if (first >= 48 && first <= 57) return readDigits(tokens, at, lower);
  const weekday = WEEKDAY_NUMBERS.get(lower);
  if (weekday !== undefined) return readWeekday(tokens, at, weekday);
  return readMonthFirst(tokens, at);
}

function readDigits(tokens: readonly Token[], at: number, lower: string): PartialDate | null {
  const iso = ISO.exec(lower);
  if (iso !== null) return { ...NOTHING, year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), length: 1 };
  const clock = readClock(tokens, at, lower);
  if (clock !== null) return clock;
  const dayFirst = readDayFirst(tokens, at, lower);
  if (dayFirst !== null) return dayFirst;
  return YEAR.test(lower) ? { ...NOTHING, year: Number(lower), length: 1 } : null;
}

function readClock(tokens: readonly Token[], at: number, lower: string): PartialDate | null {
  const half = HALVES.get(tokens[at + 1]?.lower ?? '');
  const clock = CLOCK.exec(lower);
  if (clock === null && half === undefined) return null;
  const hours = Number(clock?.[1] ?? lower);
  if (!Number.isInteger(hours) || hours > 24) return null;
  const shifted = half === undefined ? hours : (hours % 12) + half;
  return { ...NOTHING, minutes: shifted * 60 + Number(clock?.[2] ?? 0), length: half === undefined ? 1 : 2 };
}

/** `12 March 2024`, `the 3rd of May`. */
function readDayFirst(tokens: readonly Token[], at: number, lower: string): PartialDate | null {
  const day = DAY.exec(lower);
  if (day === null) return null;
  const of = tokens[at + 1]?.lower === 'of' ? 1 : 0;
  const month = monthOf(tokens[at + 1 + of]);
  if (month === null || Number(day[1]) < 1 || Number(day[1]) > 31) return null;
  const year = yearOf(tokens[at + 2 + of]);
  return { ...NOTHING, day: Number(day[1]), month, year, length: 2 + of + (year === null ? 0 : 1) };
}

/** `March 12, 2024`, `March 2024`, `in May`. */
function readMonthFirst(tokens: readonly Token[], at: number): PartialDate | null {
  const month = monthOf(tokens[at]);
  if (month === null) return null;
  const day = DAY.exec(tokens[at + 1]?.lower ?? '');
  const number = Number(day?.[1] ?? 0);
  if (number >= 1 && number <= 31) return dated({ month, day: number, year: yearOf(tokens[at + 2]) });
  const year = yearOf(tokens[at + 1]);
  if (year !== null) return dated({ month, day: null, year });
  return isBareMonth(tokens, at) ? { ...NOTHING, month, length: 1 } : null;
}

function dated({ month, day, year }: { month: number; day: number | null; year: number | null }): PartialDate {
  return { ...NOTHING, month, day, year, length: 1 + (day === null ? 0 : 1) + (year === null ? 0 : 1) };
}

/** `May` and `March` alone are months only after a preposition. */
function isBareMonth(tokens: readonly Token[], at: number): boolean {
  const lower = tokens[at]?.lower ?? '';
  const certain = !['may', 'march', 'mar', 'jan', 'dec', 'sept', 'sep'].includes(lower);
  const introduced = BEFORE_MONTH.has(tokens[at - 1]?.lower ?? '');
  return (certain && lower.length > 3) || introduced;
}

function readWeekday(tokens: readonly Token[], at: number, weekday: number): PartialDate | null {
  if (tokens[at]?.capital !== true) return null;
  const rest = readDate(tokens, at + 1);
  if (rest === null || rest.month === null) return { ...NOTHING, weekday, length: 1 };
  return { ...rest, weekday, length: rest.length + 1 };
}

function monthOf(token: Token | undefined): number | null {
  return token?.capital === true ? (MONTH_NUMBERS.get(token.lower) ?? null) : null;
}

function yearOf(token: Token | undefined): number | null {
  return token !== undefined && YEAR.test(token.lower) ? Number(token.lower) : null;
}

const FIELDS = ['year', 'month', 'day', 'weekday', 'minutes'] as const;

/** Whether everything one date tells is told by the other, equally. */
export function tellsDate(told: PartialDate, asked: PartialDate): boolean {
  return FIELDS.every((field) => asked[field] === null || asked[field] === told[field]);
}

/** Whether both tell a field and tell it differently. */
export function datesDiffer(a: PartialDate, b: PartialDate): boolean {
  return FIELDS.some((field) => a[field] !== null && b[field] !== null && a[field] !== b[field]);
}

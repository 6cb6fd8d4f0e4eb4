import { MULTIPLIERS, NUMBER_WORDS, ORDINAL_WORDS, type Unit, unitTable } from './lexicon/units.ts';
import type { Token } from './tokens.ts';

/** A number with its unit, normalised to the family's base unit. */
export interface Amount {
  /** In base units of the family, or the bare number. */
  readonly value: number;
  /** As written, before the unit's factor. */
  readonly number: number;
  /** Family of units: `time`, `eur`, `percent`, …; `ordinal` for 1st; null: a bare number. */
  readonly family: string | null;
  /** Tokens read. */
  readonly length: number;
}

const units = unitTable();
const CURRENCY = new Set([
  '$',
  '€',
  '£',
  '¥',
  '₹',
  'us$',
  'c$',
  'a$',
  'usd',
  'eur',
  'gbp',
  'cad',
  'aud',
  'chf',
  'jpy',
  'inr',
  'cny',
  'sek',
  'nok',
]);
const DIGITS = /^\d+(?:,\d{3})*(?:\.\d+)?$/;
const ORDINAL = /^(\d+)(?:st|nd|rd|th)$/;

/** Reads a number with its unit at a place, `EUR 58`, `thirty-five days`, `$3.5 million`, `43 %`; null: there is none. */
export function readAmount(tokens: readonly Token[], at: number): Amount | null {
  const first = tokens[at]?.lower ?? '';
  if (CURRENCY.has(first)) return readMoney(tokens, at);
  const ordinal = ordinalOf(tokens, at);
  if (ordinal !== null) return { value: ordinal, number: ordinal, family: 'ordinal', length: 1 };
  const read = readNumber(tokens, at);
  if (read === null) return null;
  const unit = readUnit(tokens, at + read.length);
  if (unit === null) return { value: read.value, number: read.value, family: null, length: read.length };
  if (unit.family === 'times' && unit.length === 1 && tokens[at + read.length]?.lower === 'x') return plain(read);
  return {
    value: read.value * unit.factor,
    number: read.value,
    family: unit.family,
    length: read.length + unit.length,
  };
}

function plain(read: { value: number; length: number }): Amount {
  return { value: read.value, number: read.value, family: null, length: read.length };
}

function readMoney(tokens: readonly Token[], at: number): Amount | null {
  const unit = units.get(tokens[at]?.lower ?? '');
  const read = readNumber(tokens, at + 1);
  if (unit === undefined || read === null) return null;
  const next = readUnit(tokens, at + 1 + read.length);
  const repeated = next !== null && next.family === unit.family ? next.length : 0;
  return {
    value: read.value * unit.factor,
    number: read.value,
    family: unit.family,
    length: 1 + read.length + repeated,
  };
}

function ordinalOf(tokens: readonly Token[], at: number): number | null {
  const lower = tokens[at]?.lower ?? '';
  const digits = ORDINAL.exec(lower);
  if (digits !== null) return Number(digits[1]);
  return ORDINAL_WORDS.get(lower) ?? null;
}

function readNumber(tokens: readonly Token[], at: number): { value: number; length: number } | null {
  const lower = tokens[at]?.lower ?? '';
  const digits = DIGITS.test(lower);
  const base = digits ? { value: Number(lower.replaceAll(',', '')), length: 1 } : readWords(tokens, at);
  if (base === null) return null;
  let { value, length } = base;
  for (let factor = MULTIPLIERS.get(tokens[at + length]?.lower ?? ''); factor !== undefined; ) {
    value *= factor;
    length += 1;
    factor = MULTIPLIERS.get(tokens[at + length]?.lower ?? '');
  }
  return { value, length };
}

/** `twenty-five`, `one hundred and twenty`, `a dozen`. */
function readWords(tokens: readonly Token[], at: number): { value: number; length: number } | null {
  const first = NUMBER_WORDS.get(tokens[at]?.lower ?? '');
  if (first === undefined) return null;
  let value = first;
  let length = 1;
  const word = (offset: number): number | undefined => NUMBER_WORDS.get(tokens[at + offset]?.lower ?? '');
  const small = (number: number | undefined): number =>
    number !== undefined && number > 0 && number < 10 ? number : 0;
  if (first >= 20 && small(word(1)) > 0) {
    value += small(word(1));
    length = 2;
  }
  if (tokens[at + length]?.lower !== 'hundred') return { value, length };
  value *= 100;
  length += 1;
  const joined = tokens[at + length]?.lower === 'and' && word(length + 1) !== undefined ? length + 1 : length;
  const rest = word(joined);
  if (rest === undefined) return { value, length };
  const ones = rest >= 20 ? small(word(joined + 1)) : 0;
  return { value: value + rest + ones, length: joined + (ones > 0 ? 2 : 1) };
}

function readUnit(tokens: readonly Token[], at: number): (Unit & { length: number }) | null {
  const words = [tokens[at]?.lower, tokens[at + 1]?.lower, tokens[at + 2]?.lower];
  for (let length = 3; length >= 1; length -= 1) {
    if (words[length - 1] === undefined) continue;
    const unit = units.get(words.slice(0, length).join(' '));
    if (unit !== undefined) return { ...unit, length };
  }
  return null;
}

/** Whether two amounts are the same; a bare number matches a number with any unit. Tolerates rounding of units only. */
export function sameAmount(a: Amount, b: Amount): boolean {
  if (a.family === b.family)
    return Math.abs(a.value - b.value) <= 1e-9 * Math.max(Math.abs(a.value), Math.abs(b.value), 1e-9);
  if (a.family === 'ordinal' || b.family === 'ordinal') return false;
  return (a.family === null || b.family === null) && a.number === b.number;
}

/** Hexadecimal digits of a sortable number; one term per digit is kept. */
const DIGITS = 16;
const BITS = 64n;
const BITS_PER_DIGIT = 4n;
const SIGN = 1n << 63n;
const ALL = (1n << 64n) - 1n;
/** Between the field's name and the digits: a document's own `key=value` never holds it there. */
const MARK = '\u0001';

/** What the digits stand for, so that a date never counts as a number. */
export type RangeKind = 'number' | 'date';

/** A range; a bound that is not given does not limit. Both bounds belong to it unless it says otherwise. */
export interface Range {
  readonly from?: { readonly value: number; readonly open: boolean };
  readonly to?: { readonly value: number; readonly open: boolean };
}

/**
 * Terms that stand for a value in a list that can only be asked for equal entries: the value's 64 bits, in an order that
 * is the numbers' own, shortened digit by digit (Schindler and Diepenbroek, "Generic XML-based framework for metadata
 * portals", 2008; as in Lucene's numeric fields). Whichever range holds the value has exactly one of them among
 * {@link termsBetween}.
 */
export function termsOfValue(key: string, kind: RangeKind, value: number): string[] {
  const digits = sortable(value).toString(16).padStart(DIGITS, '0');
  return Array.from({ length: DIGITS }, (_, n) => term(key, kind, digits.slice(0, n + 1)));
}

/** The fewest terms that stand for all values of the range; at most 466. Empty: no number lies in it. */
export function termsBetween(key: string, kind: RangeKind, { from, to }: Range): string[] {
  let low = from === undefined ? 0n : sortable(from.value) + (from.open ? 1n : 0n);
  let high = to === undefined ? ALL : sortable(to.value) - (to.open ? 1n : 0n);
  const terms: string[] = [];
  const add = (first: bigint, last: bigint, shift: bigint): void => {
    const length = DIGITS - Number(shift / BITS_PER_DIGIT);
    for (let digits = first >> shift; digits <= last >> shift; digits += 1n) {
      terms.push(term(key, kind, digits.toString(16).padStart(length, '0')));
    }
  };
  for (let shift = 0n; low <= high; shift += BITS_PER_DIGIT) {
    const next = 1n << (shift + BITS_PER_DIGIT);
    const digit = next - 1n;
    const lowest = (low & digit) === 0n ? low : (low | digit) + 1n;
    const highest = (high & digit) === digit ? high : (high & ~digit) - 1n;
    if (shift + BITS_PER_DIGIT >= BITS || lowest > highest) {
      add(low, high, shift);
      break;
    }
    if (lowest !== low) add(low, lowest - 1n, shift);
    if (highest !== high) add(highest + 1n, high, shift);
    [low, high] = [lowest, highest];
  }
  return terms;
}

function term(key: string, kind: RangeKind, digits: string): string {
  return `${key}${MARK}${kind.charAt(0)}${digits}`;
}

/** The bits of a number in an order that is the numbers' own: negative ones inverted, the others above them. */
function sortable(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  return (bits & SIGN) === 0n ? bits | SIGN : ALL - bits;
}

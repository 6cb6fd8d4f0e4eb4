import { datesDiffer, type Element, elementsOf, sameAmount } from '../claims/index.ts';

/** A number with its unit, or a date, that a statement gives. */
export interface StatedValue {
  /** As written: `48 months`. */
  readonly says: string;
  readonly element: Element;
}

/** Numbers with a unit, money, and dates of a text, in order. A bare number says little by itself and is left out. */
export function statedValues(text: string): StatedValue[] {
  return elementsOf(text)
    .filter((element) => element.date !== null || hasUnit(element))
    .map((element) => ({ says: text.slice(element.start, element.end), element }));
}

/** Bare numbers of a text: `5 tables`. */
export function statedCounts(text: string): StatedValue[] {
  return elementsOf(text)
    .filter(({ amount }) => amount !== null && amount.family === null)
    .map((element) => ({ says: text.slice(element.start, element.end), element }));
}

function hasUnit({ amount }: Element): boolean {
  return amount !== null && amount.family !== null && amount.family !== 'ordinal';
}

/** Whether two values are of one sort: of one family of units, or dates that tell the same fields. */
export function comparable(a: StatedValue, b: StatedValue): boolean {
  const [left, right] = [a.element, b.element];
  if (left.amount !== null && right.amount !== null) return left.amount.family === right.amount.family;
  if (left.date === null || right.date === null) return false;
  const { year, month, day, weekday, minutes } = left.date;
  return (
    (minutes !== null && right.date.minutes !== null) ||
    (day !== null && right.date.day !== null) ||
    (month !== null && right.date.month !== null) ||
    (year !== null && right.date.year !== null) ||
    (weekday !== null && right.date.weekday !== null)
  );
}

/** Whether two comparable values are not the same. */
export function differ(a: StatedValue, b: StatedValue): boolean {
  const [left, right] = [a.element, b.element];
  if (left.amount !== null && right.amount !== null) return !sameAmount(left.amount, right.amount);
  return left.date !== null && right.date !== null && datesDiffer(left.date, right.date);
}

import { type Element, elementsOf } from '../claims/index.ts';
import type { ComparedSort } from './superlatives.ts';

/** A value of a cell; values of one family can be compared. */
export interface CellValue {
  /** Family of units, `number` of a bare one, `clock` and `date`. */
  readonly family: string;
  readonly value: number;
}

/** Families of units that can be compared with each other, by their factors to the first: months are 30.44 days, five working days are seven. */
const JOINED: ReadonlyMap<string, { readonly family: string; readonly factor: number }> = new Map([
  ['span', { family: 'time', factor: 2_629_800 }],
  ['workday', { family: 'time', factor: 120_960 }],
]);

/** Families of the sorts that are compared. */
const FAMILIES: Readonly<Record<ComparedSort, RegExp>> = {
  money: /^(?:usd|cad|aud|eur|gbp|jpy|chf|inr|cny|sek|nok)$/,
  moment: /^(?:clock|date)$/,
  time: /^time$/,
  length: /^length$/,
  'time or length': /^(?:time|length)$/,
  mass: /^mass$/,
  warmth: /^(?:celsius|fahrenheit|degree)$/,
  any: /^(?!clock$|date$)/,
};

/** A cell that says there is none: `none`, `no, 18 stairs`, `closed`, `–`. */
const NONE = /^(?:(?:no|none|nothing|nobody|not|never|without|nil|closed)(?![\p{L}\p{N}])(?! limit)|[–—-]$)/iu;

/** Whether a cell says that there is none of what its column is about. */
export function saysNone(cell: string): boolean {
  return NONE.test(cell.trim());
}

/** `No` and `–` are not among them: what they stand in for may not be had at all. */
const FREE = /^(?:free|none|nothing|nil|included|0)(?![\p{L}\p{N}.,])/iu;

/** Whether a cell says that something costs nothing. */
export function saysFree(cell: string): boolean {
  return FREE.test(cell.trim());
}

/** The family of what has no bound, and is more than anything. */
export const UNBOUNDED = 'unbounded';
const UNLIMITED = /^(?:unlimited|no limit|any number|as many as)/i;

/** A time of day as it is written in much of Europe, which otherwise reads as a number: `15.30`. */
const CLOCK = /(?<![\d.,])([01]?\d|2[0-4])\.([0-5]\d)(?![\d.,])/g;

/** A column of sums, which need no unit then. */
const SUMS = /\b(?:price|cost|fee|charge|fare|rate|rent|pounds|euros?|dollars?|francs)\b|[$€£¥]/i;
/** The unit in a column's name: `Length in metres`, `Weight (kg)`. */
const UNIT = /(?:\bin |\()(\p{L}+)\)?$/u;

/** Values of a cell, of the families that are compared; [] it has none. `1 hour 5 minutes` is one. @param column its name, which may tell the unit */
export function cellValues(cell: string, column: { readonly name: string; readonly sort: ComparedSort }): CellValue[] {
  if (UNLIMITED.test(cell.trim())) return [{ family: UNBOUNDED, value: Infinity }];
  const { name, sort } = column;
  const text = readAs(cell, column);
  const isCompared = ({ family }: CellValue): boolean =>
    FAMILIES[sort].test(family) || (sort === 'money' && family === 'number' && SUMS.test(name));
  const values: (CellValue & { readonly end: number })[] = [];
  for (const element of elementsOf(text)) {
    const value = valueOf(element);
    if (value === null || !isCompared(value)) continue;
    const before = values.at(-1);
    const isPart = before !== undefined && isOne(text.slice(before.end, element.start), before, value);
    if (isPart) values.splice(-1, 1, { ...value, value: before.value + value.value, end: element.end });
    else values.push({ ...value, end: element.end });
  }
  return values.map(({ family, value }) => ({ family, value }));
}

function readAs(cell: string, { name, sort }: { readonly name: string; readonly sort: ComparedSort }): string {
  if (sort === 'moment') return cell.replace(CLOCK, '$1:$2');
  const unit = sort === 'money' ? undefined : UNIT.exec(name)?.[1];
  return unit !== undefined && /\d$/.test(cell) ? `${cell} ${unit}` : cell;
}

/** Whether a smaller amount of the same family goes on with the one before it. */
function isOne(between: string, one: CellValue, next: CellValue): boolean {
  return /^(?: and)? ?$/.test(between) && one.family === next.family && next.value < one.value;
}

function valueOf({ amount, date }: Element): CellValue | null {
  if (amount === null) return momentOf(date);
  const family = amount.family ?? 'number';
  const joined = JOINED.get(family);
  return joined === undefined
    ? { family, value: amount.value }
    : { family: joined.family, value: amount.value * joined.factor };
}

function momentOf(date: Element['date']): CellValue | null {
  if (date === null) return null;
  const { year, month, day, minutes } = date;
  if (minutes !== null) return { family: 'clock', value: minutes };
  if (month === null && year === null) return null;
  return { family: 'date', value: (year ?? 0) * 372 + (month ?? 0) * 31 + (day ?? 0) };
}

import { InvalidArgumentError } from 'commander';

const OPERATORS = { '>=': 'gte', '<=': 'lte', '^=': 'prefix', '>': 'gt', '<': 'lt', '=': 'eq' } as const;

/** Conditions on documents' metadata, by field. */
export type Where = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Adds one condition of the command line, such as `amount>=100`, to those before it. */
export function conditions(text: string, before: Where = {}): Where {
  const match = /^([^<>=^]+)(>=|<=|\^=|>|<|=)(.*)$/s.exec(text);
  const [, field = '', sign = '', value = ''] = match ?? [];
  if (match === null) {
    throw new InvalidArgumentError('Allowed: FIELD=VALUE, FIELD^=BEGINNING, or FIELD and a value with >, >=, < or <=.');
  }
  const name = field.trim();
  const operator = OPERATORS[sign as keyof typeof OPERATORS];
  return { ...before, [name]: { ...before[name], [operator]: value.trim() } };
}

/** Reads a whole number from the command line, within bounds (both included). */
export function wholeNumber(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`Allowed: a whole number from ${lowest} to ${highest}.`);
  };
}

/** Two dates, or two versions, as the API takes them. */
export interface Moments {
  readonly from: string | { readonly version: number };
  readonly to: string | { readonly version: number };
}

/** Reads `2024-01-01..2025-01-01` or `1..2`. */
export function moments(text: string): Moments {
  const [from, to, ...more] = text.split('..').map((moment) => moment.trim());
  if (!from || !to || more.length > 0) throw new InvalidArgumentError('Allowed: 2024-01-01..2025-01-01, or 1..2.');
  const read = (moment: string): Moments['from'] => {
    const version = /^v?(\d{1,3})$/i.exec(moment)?.[1];
    return version === undefined ? moment : { version: Number(version) };
  };
  return { from: read(from), to: read(to) };
}

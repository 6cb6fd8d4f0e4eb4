import { PlumblineError } from '../base/index.ts';
import type { Filter } from './filter.ts';
import { dateOf, type FieldSchema, type FieldType, inWords, numberOf, shown } from './filter-fields.ts';
import { type Range, type RangeKind, termsBetween, termsOfValue } from './filter-range-terms.ts';

/** A value as a caller writes it. */
export type FieldValue = string | number;

/**
 * What one field of the metadata must be: equal to a value, to one of a list, or whatever the named operators say together.
 * `prefix` is for texts; `gt`, `gte`, `lt`, `lte` for numbers and dates.
 */
export type FieldCondition =
  | FieldValue
  | readonly FieldValue[]
  | {
      readonly eq?: FieldValue | undefined;
      readonly in?: readonly FieldValue[] | undefined;
      readonly prefix?: string | undefined;
      readonly gt?: FieldValue | undefined;
      readonly gte?: FieldValue | undefined;
      readonly lt?: FieldValue | undefined;
      readonly lte?: FieldValue | undefined;
    };

/** A condition on the metadata that the collection's declared fields do not allow. */
class MetadataFilterInvalid extends PlumblineError {
  constructor(field: string, problem: string) {
    super({
      code: 'filter.invalid',
      kind: 'caller',
      message: `The filter is not valid: the field ${JSON.stringify(field)} ${problem}`,
      details: { field },
    });
  }
}

/**
 * A document's metadata as the index holds it: `key=value`, both verbatim, and for a value that is a number or a date the
 * terms under which ranges find it.
 */
export function metadataEntries(metadata: Readonly<Record<string, string>>): string[] {
  return Object.entries(metadata).flatMap(([key, value]) => [`${key}=${value}`, ...rangeTerms(key, value)]);
}

function rangeTerms(key: string, text: string): string[] {
  const number = numberOf(text);
  if (number !== null) return termsOfValue(key, 'number', number);
  const date = dateOf(text);
  return date === null ? [] : termsOfValue(key, 'date', date);
}

/**
 * Conditions on the metadata as the index takes them; all must hold.
 * @param fields what the collection declares; empty: any field may be named, and values are what they look like
 * @throws PlumblineError `filter.invalid` naming the field and what is allowed
 */
export function metadataFilter(conditions: Readonly<Record<string, FieldCondition>>, fields: FieldSchema): Filter[] {
  return Object.entries(conditions).flatMap(([key, condition]) => {
    const declared = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (declared === undefined && Object.keys(fields).length > 0) {
      const known = Object.entries(fields).map(([name, type]) => `${name} (${type})`);
      throw new MetadataFilterInvalid(key, `is not declared for this collection. Allowed: ${known.join(', ')}.`);
    }
    return clausesOf({ key, declared }, condition);
  });
}

interface Field {
  readonly key: string;
  /** Undefined: the collection declares no fields. */
  readonly declared: FieldType | undefined;
}

function clausesOf(field: Field, condition: FieldCondition): Filter[] {
  if (typeof condition !== 'object') return [equalTo(field, [condition])];
  if (isList(condition)) return [equalTo(field, condition)];
  const clauses: Filter[] = [];
  if (condition.eq !== undefined) clauses.push(equalTo(field, [condition.eq]));
  if (condition.in !== undefined) clauses.push(equalTo(field, condition.in));
  if (condition.prefix !== undefined) clauses.push(beginningWith(field, condition.prefix));
  const { gt, gte, lt, lte } = condition;
  const lowest = gte ?? gt;
  const highest = lte ?? lt;
  if ((gt !== undefined && gte !== undefined) || (lt !== undefined && lte !== undefined)) {
    throw new MetadataFilterInvalid(field.key, 'has two bounds on one side. Allowed: gt or gte, lt or lte.');
  }
  if (lowest !== undefined || highest !== undefined) clauses.push(between(field, { gt, gte, lt, lte }));
  if (clauses.length === 0) {
    throw new MetadataFilterInvalid(field.key, 'has no condition. Allowed: eq, in, prefix, gt, gte, lt, lte.');
  }
  return clauses;
}

function isList(condition: object): condition is readonly FieldValue[] {
  return Array.isArray(condition);
}

/** Numbers and dates are equal when they mean the same, texts when they are the same. */
function equalTo(field: Field, values: readonly FieldValue[]): Filter {
  const entries = values.flatMap((value) => {
    const type = field.declared ?? (typeof value === 'number' ? 'number' : 'text');
    if (type === 'text') return `${field.key}=${textOf(field, value)}`;
    return termsOfValue(field.key, type, measureOf(field, type, value)).at(-1) ?? [];
  });
  return { op: 'in', field: 'metadata', values: entries };
}

function beginningWith(field: Field, prefix: string): Filter {
  if ((field.declared ?? 'text') !== 'text') {
    throw new MetadataFilterInvalid(
      field.key,
      `is a ${field.declared}, which has no prefix. Allowed: ${RANGE_OPERATORS}.`,
    );
  }
  return { op: 'prefix', field: 'metadata', value: `${field.key}=${prefix}` };
}

const RANGE_OPERATORS = 'eq, in, gt, gte, lt, lte';

type Bounds = { readonly [Name in 'gt' | 'gte' | 'lt' | 'lte']: FieldValue | undefined };

function between(field: Field, { gt, gte, lt, lte }: Bounds): Filter {
  if (field.declared === 'text') {
    throw new MetadataFilterInvalid(field.key, 'is a text, which has no range. Allowed: eq, in, prefix.');
  }
  const given = [gt, gte, lt, lte].filter((value) => value !== undefined);
  const kind = field.declared ?? (given.every((value) => numberOf(String(value)) !== null) ? 'number' : 'date');
  const bound = (value: FieldValue, open: boolean) => ({ value: measureOf(field, kind, value), open });
  const from = gte ?? gt;
  const to = lte ?? lt;
  const range: Range = {
    ...(from === undefined ? {} : { from: bound(from, gte === undefined) }),
    ...(to === undefined ? {} : { to: bound(to, lte === undefined) }),
  };
  return { op: 'in', field: 'metadata', values: termsBetween(field.key, kind, range) };
}

function textOf(field: Field, value: FieldValue): string {
  if (typeof value === 'string') return value;
  throw new MetadataFilterInvalid(field.key, `is a text, and ${shown(value)} is none. Allowed: ${inWords('text')}.`);
}

function measureOf(field: Field, kind: RangeKind, value: FieldValue): number {
  const measure = kind === 'number' ? numberOf(String(value)) : typeof value === 'string' ? dateOf(value) : null;
  if (measure !== null) return measure;
  const what = field.declared === undefined ? 'is compared with' : `is a ${kind}, and`;
  const verdict = field.declared === undefined ? `, which is no ${kind}` : ' is none';
  throw new MetadataFilterInvalid(field.key, `${what} ${shown(value)}${verdict}. Allowed: ${inWords(kind)}.`);
}

import { PlumblineError } from '../base/index.ts';
import type { Filter, FilterField } from './filter.ts';

/** Nesting, conditions and values a filter may have; beyond that it is a query language, not a filter. */
// A range over numbers or dates is up to 466 values: eight of them fit.
const FILTER_LIMITS = { depth: 8, clauses: 100, values: 4_000, valueLength: 2_048 } as const;

/** The last instant a date can name, milliseconds since 1970 UTC (ECMA-262 §21.4.1.1). */
const LAST_INSTANT = 8_640_000_000_000_000;

const LIST_OR_TEXT_FIELDS: ReadonlySet<FilterField> = new Set<FilterField>([
  'documentId',
  'versionId',
  'externalId',
  'mediaType',
  'acl',
  'tags',
  'metadata',
]);
const PREFIX_FIELDS: ReadonlySet<string> = new Set(['externalId', 'metadata']);
const TIME_FIELDS: ReadonlySet<string> = new Set(['effectiveFrom', 'effectiveTo']);

/** The filter nests too deep, or has too many clauses or values. */
class FilterTooComplex extends PlumblineError {
  constructor(what: string, given: number, allowed: number) {
    super({
      code: 'filter.too-complex',
      kind: 'caller',
      message: `The filter has ${given} ${what}; at most ${allowed} are allowed. Split the query or shorten the filter.`,
      details: { what, given, allowed },
    });
  }
}

/** The filter is not of the declared shape. */
class FilterInvalid extends PlumblineError {
  constructor(problem: string) {
    super({ code: 'filter.invalid', kind: 'caller', message: `The filter is not valid: ${problem}.` });
  }
}

interface Size {
  clauses: number;
  values: number;
}

/**
 * Refuses what is not a {@link Filter} of allowed size. Safe on data from outside: every node's shape is looked at.
 * @throws FilterTooComplex, FilterInvalid
 */
export function checkFilter(filter: Filter): void {
  checkNode(filter, 1, { clauses: 0, values: 0 });
}

function checkNode(filter: Filter, depth: number, size: Size): void {
  if (typeof filter !== 'object' || filter === null) throw new FilterInvalid('a clause is not an object');
  size.clauses += 1;
  if (depth > FILTER_LIMITS.depth) throw new FilterTooComplex('levels', depth, FILTER_LIMITS.depth);
  if (size.clauses > FILTER_LIMITS.clauses) throw new FilterTooComplex('clauses', size.clauses, FILTER_LIMITS.clauses);
  checkKind(filter, depth, size);
}

function checkKind(filter: Filter, depth: number, size: Size): void {
  switch (filter.op) {
    case 'all':
      return;
    case 'and':
    case 'or':
      if (!Array.isArray(filter.clauses)) throw new FilterInvalid(`"${filter.op}" needs an array "clauses"`);
      for (const clause of filter.clauses) checkNode(clause, depth + 1, size);
      return;
    case 'not':
      return checkNode(filter.clause, depth + 1, size);
    case 'in':
      return checkIn(filter, size);
    case 'prefix':
      if (!PREFIX_FIELDS.has(filter.field)) throw new FilterInvalid('"prefix" needs externalId or metadata');
      return checkText(filter.value);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return checkTime(filter);
    default:
      throw new FilterInvalid('an "op" is not one of all, and, or, not, in, prefix, lt, lte, gt, gte');
  }
}

function checkIn(filter: Extract<Filter, { op: 'in' }>, size: Size): void {
  if (!LIST_OR_TEXT_FIELDS.has(filter.field)) {
    throw new FilterInvalid(`"in" needs one of the fields ${[...LIST_OR_TEXT_FIELDS].join(', ')}`);
  }
  if (!Array.isArray(filter.values)) throw new FilterInvalid('"in" needs an array "values"');
  size.values += filter.values.length;
  if (size.values > FILTER_LIMITS.values) throw new FilterTooComplex('values', size.values, FILTER_LIMITS.values);
  for (const value of filter.values) checkText(value);
}

function checkText(value: unknown): void {
  if (typeof value !== 'string') throw new FilterInvalid('a value is not a string');
  if (value.length > FILTER_LIMITS.valueLength) {
    throw new FilterInvalid(
      `a value is ${value.length} characters long, at most ${FILTER_LIMITS.valueLength} are allowed`,
    );
  }
  if (!value.isWellFormed() || value.includes('\0')) throw new FilterInvalid('a value is not well-formed Unicode text');
}

function checkTime(filter: Extract<Filter, { op: 'lt' | 'lte' | 'gt' | 'gte' }>): void {
  if (!TIME_FIELDS.has(filter.field)) throw new FilterInvalid(`"${filter.op}" needs effectiveFrom or effectiveTo`);
  if (!Number.isSafeInteger(filter.value) || Math.abs(filter.value) > LAST_INSTANT) {
    throw new FilterInvalid(`"${filter.op}" needs whole milliseconds since 1970 UTC`);
  }
}

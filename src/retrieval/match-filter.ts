import type { ChunkAttributes } from './chunk-index.ts';
import type { Filter } from './filter.ts';

/** The attributes a filter can ask for. */
export type FilterableAttributes = Omit<ChunkAttributes, 'id'>;

/** Whether the attributes satisfy the filter: the meaning of a filter, which every adapter must reproduce. Pure. */
export function matches(filter: Filter, attributes: FilterableAttributes): boolean {
  switch (filter.op) {
    case 'all':
      return true;
    case 'and':
      return filter.clauses.every((clause) => matches(clause, attributes));
    case 'or':
      return filter.clauses.some((clause) => matches(clause, attributes));
    case 'not':
      return !matches(filter.clause, attributes);
    case 'prefix':
      return [attributes[filter.field]].flat().some((text) => text.startsWith(filter.value));
    case 'in':
      return includesAny(attributes[filter.field], filter.values);
    default:
      return compare(filter.op, attributes[filter.field] ?? Number.POSITIVE_INFINITY, filter.value);
  }
}

function includesAny(attribute: string | readonly string[] | number | null, values: readonly string[]): boolean {
  if (typeof attribute === 'string') return values.includes(attribute);
  return Array.isArray(attribute) && attribute.some((entry: string) => values.includes(entry));
}

function compare(op: 'lt' | 'lte' | 'gt' | 'gte', left: number, right: number): boolean {
  switch (op) {
    case 'lt':
      return left < right;
    case 'lte':
      return left <= right;
    case 'gt':
      return left > right;
    case 'gte':
      return left >= right;
  }
}

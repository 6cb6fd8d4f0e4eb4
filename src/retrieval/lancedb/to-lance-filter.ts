import { checkFilter } from '../check-filter.ts';
import type { Filter, FilterField } from '../filter.ts';

/** `effectiveTo` of a chunk that is still valid: later than every instant a filter can name. */
export const NO_END: number = Number.MAX_SAFE_INTEGER;

/** The columns a filter can name; nothing else from a filter ever becomes an identifier. */
const COLUMNS: Readonly<Record<FilterField, { readonly column: string; readonly list: boolean }>> = {
  documentId: { column: 'documentId', list: false },
  versionId: { column: 'versionId', list: false },
  externalId: { column: 'externalId', list: false },
  mediaType: { column: 'mediaType', list: false },
  acl: { column: 'acl', list: true },
  tags: { column: 'tags', list: true },
  metadata: { column: 'metadata', list: true },
  effectiveFrom: { column: 'effectiveFrom', list: false },
  effectiveTo: { column: 'effectiveTo', list: false },
};
const OPERATORS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/**
 * A filter as LanceDB's SQL expression; null when it lets everything through. The only place where values become SQL.
 * @throws PlumblineError `filter.invalid`, `filter.too-complex`
 */
export function toLanceFilter(filter: Filter): string | null {
  checkFilter(filter);
  return filter.op === 'all' ? null : expression(filter);
}

/** A text as an SQL literal: quotes doubled; backslashes and wildcards mean nothing inside. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function expression(filter: Filter): string {
  switch (filter.op) {
    case 'all':
      return 'true';
    case 'and':
    case 'or':
      return combined(filter.op, filter.clauses);
    case 'not':
      return `NOT (${expression(filter.clause)})`;
    case 'prefix':
      return `starts_with(${COLUMNS.externalId.column}, ${literal(filter.value)})`;
    case 'in':
      return membership(filter.field, filter.values);
    default:
      return `${COLUMNS[filter.field].column} ${OPERATORS[filter.op]} ${filter.value}`;
  }
}

function combined(op: 'and' | 'or', clauses: readonly Filter[]): string {
  if (clauses.length === 0) return op === 'and' ? 'true' : 'false';
  return clauses.map((clause) => `(${expression(clause)})`).join(op === 'and' ? ' AND ' : ' OR ');
}

function membership(field: FilterField, values: readonly string[]): string {
  if (values.length === 0) return 'false';
  const { column, list } = COLUMNS[field];
  const literals = values.map(literal).join(', ');
  return list ? `array_has_any(${column}, [${literals}])` : `${column} IN (${literals})`;
}

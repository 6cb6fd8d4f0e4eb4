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
/** The information separator of Unicode for units: an entry that holds it can be found by what follows it, too. */
const ENTRY_MARK = '\u001f';
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
      return beginning(filter.field, filter.value);
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

/** DataFusion cannot look into the entries of a list one by one: they are joined, each after a mark. */
function beginning(field: 'externalId' | 'metadata', value: string): string {
  const { column, list } = COLUMNS[field];
  if (!list) return `starts_with(${column}, ${literal(value)})`;
  const mark = literal(ENTRY_MARK);
  return `strpos(concat(${mark}, array_to_string(${column}, ${mark})), ${literal(ENTRY_MARK + value)}) > 0`;
}

function membership(field: FilterField, values: readonly string[]): string {
  if (values.length === 0) return 'false';
  const { column, list } = COLUMNS[field];
  const literals = values.map(literal).join(', ');
  return list ? `array_has_any(${column}, [${literals}])` : `${column} IN (${literals})`;
}

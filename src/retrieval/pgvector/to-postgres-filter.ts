import { checkFilter } from '../check-filter.ts';
import type { Filter, FilterField } from '../filter.ts';

/** `effective_to` of a chunk that is still valid: later than every instant a filter can name. */
export const NO_END: number = Number.MAX_SAFE_INTEGER;

/** The columns a filter can name; nothing else from a filter ever becomes an identifier. */
const COLUMNS: Readonly<
  Record<FilterField, { readonly column: string; readonly type: 'uuid' | 'text' | 'list' | 'time' }>
> = {
  documentId: { column: 'document_id', type: 'uuid' },
  versionId: { column: 'version_id', type: 'uuid' },
  externalId: { column: 'external_id', type: 'text' },
  mediaType: { column: 'media_type', type: 'text' },
  acl: { column: 'acl', type: 'list' },
  tags: { column: 'tags', type: 'list' },
  metadata: { column: 'metadata', type: 'list' },
  effectiveFrom: { column: 'effective_from', type: 'time' },
  effectiveTo: { column: 'effective_to', type: 'time' },
};
const OPERATORS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** A condition with its parameters. */
export interface SqlCondition {
  /** Refers to its parameters as `$n`, counted on from the statement's own. */
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * A filter as a condition of PostgreSQL. Values travel as parameters, never inside the statement.
 * @param own how many parameters the statement has before the condition's
 * @throws PlumblineError `filter.invalid`, `filter.too-complex`
 */
export function toPostgresFilter(filter: Filter, own: number): SqlCondition {
  checkFilter(filter);
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => {
    parameters.push(value);
    return `$${own + parameters.length}`;
  };
  return { sql: expression(filter, bind), parameters };
}

type Bind = (value: unknown) => string;

function expression(filter: Filter, bind: Bind): string {
  switch (filter.op) {
    case 'all':
      return 'true';
    case 'and':
    case 'or':
      return combined(filter, bind);
    case 'not':
      return `not (${expression(filter.clause, bind)})`;
    case 'prefix':
      return beginning(filter.field, bind(filter.value));
    case 'in':
      return membership(filter.field, filter.values, bind);
    default:
      return `${COLUMNS[filter.field].column} ${OPERATORS[filter.op]} ${bind(filter.value)}::bigint`;
  }
}

function combined({ op, clauses }: Extract<Filter, { op: 'and' | 'or' }>, bind: Bind): string {
  if (clauses.length === 0) return op === 'and' ? 'true' : 'false';
  return clauses.map((clause) => `(${expression(clause, bind)})`).join(` ${op} `);
}

function beginning(field: 'externalId' | 'metadata', value: string): string {
  const { column, type } = COLUMNS[field];
  if (type !== 'list') return `starts_with(${column}, ${value}::text)`;
  return `exists (select from unnest(${column}) as entry where starts_with(entry, ${value}::text))`;
}

function membership(field: FilterField, values: readonly string[], bind: Bind): string {
  const { column, type } = COLUMNS[field];
  if (type === 'list') return `${column} && ${bind(values)}::text[]`;
  // A text that is no UUID equals none: compared as text, it cannot fail.
  return `${type === 'uuid' ? `${column}::text` : column} = any(${bind(values)}::text[])`;
}

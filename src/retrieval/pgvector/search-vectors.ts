import type { Transaction } from '../../store/index.ts';
import { checkLimit } from '../check-entry.ts';
import type { Hit, SearchOptions } from '../chunk-index.ts';
import { byScore } from '../fusion.ts';
import { indexName, type Relations } from './relations.ts';
import { type SqlCondition, toPostgresFilter } from './to-postgres-filter.ts';

/** Neighbours the graph search keeps in view at least; more of them, better recall. */
const MIN_EF_SEARCH = 120;
/** pgvector's greatest `hnsw.ef_search`. */
const MAX_EF_SEARCH = 1_000;
/** Vectors a filtered graph search looks at before it gives up. */
const MAX_SCANNED = 20_000;
/** Comparing with every matching vector is cheaper than a graph search that would look at more than this share of them. */
const WORTHWHILE_SHARE = 0.1;
/** Rows looked at to learn which share satisfies a filter. */
const SAMPLED_ROWS = 1_000;

/** What is known of a table of vectors; changes with `optimise` mostly. */
export interface VectorFacts {
  readonly hasGraph: boolean;
  /** About; −1: never counted. */
  readonly rows: number;
}

/** Where a vector search reads. */
export interface VectorSource {
  readonly tx: Transaction;
  readonly relations: Relations;
  readonly facts: VectorFacts;
}

/** Whether the table of vectors has its graph, and about how many rows. */
export async function readVectorFacts(tx: Transaction, { schema, vectors }: Relations): Promise<VectorFacts> {
  const [row] = await tx.query<{ hasGraph: boolean; rows: number }>(
    `select to_regclass('${schema}.${indexName(vectors, 'hnsw')}') is not null as "hasGraph",
            (select reltuples::bigint from pg_class where oid = '${vectors}'::regclass) as rows`,
  );
  return { hasGraph: row?.hasGraph === true, rows: row?.rows ?? -1 };
}

/** The nearest chunks that satisfy the filter: by the graph, or exactly where few match or there is no graph. */
export async function searchVectors(
  source: VectorSource,
  vector: Float32Array,
  options: SearchOptions,
): Promise<Hit[]> {
  const limit = checkLimit(options);
  const condition = toPostgresFilter(options.filter, 2);
  const query = { vector: vectorText(vector), limit, condition };
  if (source.facts.hasGraph && (await isGraphWorthwhile(source, limit, toPostgresFilter(options.filter, 0)))) {
    const hits = await nearest(source, query, 'vector <=> $1::halfvec');
    if (hits.length >= limit) return hits;
  }
  // Another expression than the graph's: every matching vector is compared.
  return await nearest(source, query, '(vector <=> $1::halfvec) + 0');
}

/** A vector as pgvector reads it. */
export function vectorText(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}

async function nearest(
  { tx, relations }: VectorSource,
  query: { readonly vector: string; readonly limit: number; readonly condition: SqlCondition },
  order: string,
): Promise<Hit[]> {
  const { condition, limit } = query;
  const rows = await tx.query<Hit & Record<string, unknown>>(
    `select id, document_id as "documentId", version_id as "versionId", 1 - (vector <=> $1::halfvec) as score
       from ${relations.vectors} where ${condition.sql} order by ${order} limit $2`,
    [query.vector, limit, ...condition.parameters],
  );
  return rows.sort(byScore);
}

/**
 * Prepares the transaction for a graph search and estimates, from a sample of pages, whether one pays. The planner takes
 * the row-level security policy for a filter that hardly any row passes and would compare with every vector: without
 * sorting, the graph is the only plan; an exact search has no other plan than sorting and is not affected.
 */
async function isGraphWorthwhile(
  { tx, relations, facts }: VectorSource,
  limit: number,
  condition: SqlCondition,
): Promise<boolean> {
  const efSearch = Math.min(MAX_EF_SEARCH, Math.max(MIN_EF_SEARCH, limit * 2));
  const percent = Math.min(100, (100 * SAMPLED_ROWS) / Math.max(1, facts.rows));
  const [sample] = await tx.query<{ matching: number; sampled: number }>(
    `select set_config('hnsw.ef_search', '${efSearch}', true), set_config('hnsw.iterative_scan', 'relaxed_order', true),
            set_config('hnsw.max_scan_tuples', '${MAX_SCANNED}', true), set_config('jit', 'off', true),
            set_config('enable_sort', 'off', true), s.matching, s.sampled
       from (select count(*) filter (where ${condition.sql}) as matching, count(*) as sampled
               from ${relations.vectors} tablesample system (${percent.toFixed(4)})) s`,
    condition.parameters,
  );
  const share = sample === undefined || sample.sampled === 0 ? 0 : sample.matching / sample.sampled;
  const scanned = limit / share;
  return scanned < MAX_SCANNED / 2 && scanned < facts.rows * WORTHWHILE_SHARE;
}

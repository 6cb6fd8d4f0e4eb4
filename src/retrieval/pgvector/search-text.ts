import { OperationAborted } from '../../base/index.ts';
import { checkLimit } from '../check-entry.ts';
import type { Hit, SearchOptions } from '../chunk-index.ts';
import { byScore } from '../fusion.ts';
import { type Postings, readPostings, type TextSource } from './read-postings.ts';
import { scorePostings } from './score-postings.ts';
import { toPostgresFilter } from './to-postgres-filter.ts';
import type { ScoredRow } from './top-rows.ts';

/** Below this share of readable hits, the filter is applied to the whole collection first. */
const WORTHWHILE_SHARE = 0.1;

/** A search with the postings it reads from. */
interface Query {
  readonly postings: Postings;
  readonly options: SearchOptions;
  readonly limit: number;
}

/**
 * The best chunks by BM25 that satisfy the filter. The filter is checked on the hits of a somewhat deeper search; when too
 * few pass, the search goes deeper, or, when hardly any pass, the filter is applied first: the result is the same.
 */
export async function searchText(source: TextSource, terms: readonly string[], options: SearchOptions): Promise<Hit[]> {
  const query = { options, limit: checkLimit(options), postings: await readPostings(source, terms) };
  for (let depth = Math.ceil(query.limit * 1.1) + 16; ; ) {
    const ranked = await ranking(query, { limit: depth, allowed: null });
    const hits = await satisfying(source, query, ranked);
    if (hits.length >= query.limit || ranked.length < depth) return hits.slice(0, query.limit);
    const share = hits.length / ranked.length;
    if (share < WORTHWHILE_SHARE) return await filteredFirst(source, query);
    depth = Math.ceil((query.limit / share) * 1.5) + 16 + depth;
  }
}

async function filteredFirst(source: TextSource, query: Query): Promise<Hit[]> {
  const allowed = await rowsSatisfying(source, query.options);
  const ranked = await ranking(query, { limit: query.limit, allowed });
  return await satisfying(source, query, ranked);
}

function ranking(
  { postings, options }: Query,
  how: { readonly limit: number; readonly allowed: ReadonlySet<number> | null },
): Promise<ScoredRow[]> {
  const { signal } = options;
  const checkpoint = (): void => {
    if (signal?.aborted === true) throw new OperationAborted('The search', signal.reason);
  };
  return scorePostings({ ...postings, ...how, checkpoint });
}

/** Those of the rows that are still there and satisfy the filter, best first. */
async function satisfying(
  { tx, relations }: TextSource,
  { options }: Query,
  ranked: readonly ScoredRow[],
): Promise<Hit[]> {
  if (ranked.length === 0) return [];
  const scores = new Map(ranked.map(({ row, score }) => [row, score]));
  const condition = toPostgresFilter(options.filter, 1);
  const found = await tx.query<Omit<Hit, 'score'> & { row: number }>(
    `select row_number as row, id, document_id as "documentId", version_id as "versionId" from ${relations.text}
      where row_number = any($1::bigint[]) and (${condition.sql})`,
    [`{${ranked.map(({ row }) => row).join(',')}}`, ...condition.parameters],
  );
  return found
    .map(({ row, id, documentId, versionId }) => ({ id, documentId, versionId, score: scores.get(row) ?? 0 }))
    .sort(byScore);
}

/** Numbers of all rows that satisfy the filter, four bytes each on the way. */
async function rowsSatisfying({ tx, relations }: TextSource, { filter }: SearchOptions): Promise<Set<number>> {
  const condition = toPostgresFilter(filter, 0);
  const [found] = await tx.query<{ rows: Uint8Array | null }>(
    // Numbers above 2^31 wrap round on the way and come out right as unsigned ones.
    `select string_agg(substring(int8send(row_number) from 5), ''::bytea) as rows from ${relations.text}
      where ${condition.sql}`,
    condition.parameters,
  );
  const bytes = found?.rows ?? new Uint8Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows = new Set<number>();
  for (let at = 0; at < bytes.byteLength; at += 4) rows.add(view.getUint32(at));
  return rows;
}

import type { Table as LanceTable } from '@lancedb/lancedb';
import type { Table as ArrowTable } from 'apache-arrow';
import { checkFilter } from '../check-filter.ts';
import type { Hit } from '../chunk-index.ts';
import type { Filter } from '../filter.ts';
import { byScore } from '../fusion.ts';
import type { RowCache } from './row-cache.ts';
import { satisfiesUsual, splitFilter } from './split-filter.ts';
import { toLanceFilter } from './to-lance-filter.ts';

/** Runs one query. `where` null: no filter. Returns addresses (`_rowid`) and `scoreColumn`, best first. */
export type RunQuery = (where: string | null, limit: number) => Promise<ArrowTable>;

/** How a ranked search reads its table. */
export interface RankedTable {
  readonly table: LanceTable;
  readonly cache: RowCache;
  readonly run: RunQuery;
  readonly scoreColumn: '_score' | '_distance';
}

/** After a search in which too few hits could be read, so many searches of the table filter first. */
const SEARCHES_FILTERED_FIRST = 32;
const filteredFirst = new WeakMap<RowCache, number>();

/**
 * The best hits that satisfy the filter. The usual part of it (who may read, valid when) is checked on the hits of a
 * somewhat deeper search; when too few pass, the search is run again with the whole filter applied before ranking, so
 * that the result is the same either way.
 */
export async function rankedSearch(source: RankedTable, filter: Filter, limit: number): Promise<Hit[]> {
  checkFilter(filter);
  const split = splitFilter(filter);
  const waiting = filteredFirst.get(source.cache) ?? 0;
  if (split.hasUsual && waiting === 0) {
    const depth = limit + Math.max(16, limit >> 2);
    const found = await hits(source, toLanceFilter(split.particular), depth);
    const passing = found.rows.filter((row) => satisfiesUsual(split, row.facts)).map((row) => row.hit);
    if (passing.length >= limit || found.scanned < depth) return passing.slice(0, limit);
    filteredFirst.set(source.cache, SEARCHES_FILTERED_FIRST);
  } else if (waiting > 0) filteredFirst.set(source.cache, waiting - 1);
  const found = await hits(source, toLanceFilter(filter), limit);
  return found.rows.map((row) => row.hit);
}

async function hits(source: RankedTable, where: string | null, limit: number) {
  const found = await source.run(where, limit);
  const addresses = Array.from((found.getChild('_rowid')?.toArray() ?? []) as BigUint64Array, Number);
  const scores = (found.getChild(source.scoreColumn)?.toArray() ?? []) as Float32Array;
  const rows = await source.cache.rows(source.table, addresses);
  const known = rows.flatMap((row, index) => {
    if (row === null) return [];
    const { documentId, versionId } = row.facts;
    const raw = scores[index] ?? 0;
    const score = source.scoreColumn === '_score' ? raw : 1 - raw;
    return { facts: row.facts, hit: { id: row.id, documentId, versionId, score } };
  });
  return { rows: known.sort((a, b) => byScore(a.hit, b.hit)), scanned: addresses.length };
}

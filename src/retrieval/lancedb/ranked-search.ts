import type { Table as LanceTable } from '@lancedb/lancedb';
import { checkFilter } from '../check-filter.ts';
import type { Hit } from '../chunk-index.ts';
import type { Filter } from '../filter.ts';
import { byScore } from '../fusion.ts';
import type { RankedRows } from './best-rows.ts';
import type { RowCache } from './row-cache.ts';
import { type SplitFilter, satisfiesUsual, splitFilter } from './split-filter.ts';
import { toLanceFilter } from './to-lance-filter.ts';

/** Runs one query. `where` null: no filter. */
export type RunQuery = (where: string | null, limit: number) => Promise<RankedRows>;

/** How a ranked search reads its table. */
export interface RankedTable {
  readonly table: LanceTable;
  readonly cache: RowCache;
  readonly run: RunQuery;
}

/** Below this share of readable hits, filtering first is cheaper than searching deeper. */
const WORTHWHILE_SHARE = 0.5;
/** How much one search moves the estimated share. */
const LEARNING_RATE = 0.2;
/** Every so many searches that filter first, the share is tried again: who asks changes. */
const TRY_AGAIN_AFTER = 32;

interface Estimate {
  /** Share of hits that satisfied the usual part of the filter, 0…1. */
  share: number;
  /** Searches that filtered first since the share was last measured. */
  filteredFirst: number;
}

const estimates = new WeakMap<RowCache, Estimate>();

/**
 * The best hits that satisfy the filter. The usual part of it (who may read, valid when) is checked on the hits of a
 * somewhat deeper search; when too few pass, the search is run again with the whole filter applied before ranking, so
 * that the result is the same either way.
 */
export async function rankedSearch(source: RankedTable, filter: Filter, limit: number): Promise<Hit[]> {
  checkFilter(filter);
  const split = splitFilter(filter);
  const estimate = estimates.get(source.cache) ?? { share: 1, filteredFirst: 0 };
  estimates.set(source.cache, estimate);
  if (split.hasUsual && (estimate.share >= WORTHWHILE_SHARE || estimate.filteredFirst >= TRY_AGAIN_AFTER)) {
    const passing = await checkedAfterwards(source, split, { limit, estimate });
    if (passing !== null) return passing;
  }
  estimate.filteredFirst += 1;
  const found = await hits(source, toLanceFilter(filter), limit);
  return found.rows.map((row) => row.hit);
}

/** Null when too few of the hits pass and there may be more. */
async function checkedAfterwards(
  source: RankedTable,
  split: SplitFilter,
  { limit, estimate }: { limit: number; estimate: Estimate },
): Promise<Hit[] | null> {
  const depth = Math.ceil((limit / Math.max(estimate.share, WORTHWHILE_SHARE)) * 1.1) + 8;
  const found = await hits(source, toLanceFilter(split.particular), depth);
  const passing = found.rows.filter((row) => satisfiesUsual(split, row.facts)).map((row) => row.hit);
  if (found.scanned > 0) {
    estimate.share += LEARNING_RATE * (passing.length / found.scanned - estimate.share);
    estimate.filteredFirst = 0;
  }
  return passing.length >= limit || found.scanned < depth ? passing.slice(0, limit) : null;
}

async function hits(source: RankedTable, where: string | null, limit: number) {
  const { addresses, scores } = await source.run(where, limit);
  const rows = await source.cache.rows(source.table, addresses);
  const known = rows.flatMap((row, index) => {
    if (row === null) return [];
    const { documentId, versionId } = row.facts;
    return { facts: row.facts, hit: { id: row.id, documentId, versionId, score: scores[index] ?? 0 } };
  });
  return { rows: known.sort((a, b) => byScore(a.hit, b.hit)), scanned: addresses.length };
}

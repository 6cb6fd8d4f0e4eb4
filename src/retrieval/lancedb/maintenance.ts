import type { Table } from '@lancedb/lancedb';
import { loadLanceDb } from './lancedb.ts';
import type { PartitionShares } from './partition-share.ts';

/** From this many rows on, scalar indexes make filters and look-ups by id faster than reading the column. */
const SCALAR_INDEX_FROM_ROWS = 5_000;
/** Below this many rows all vectors are compared: exact, and as fast as an index. */
const VECTOR_INDEX_FROM_ROWS = 10_000;
/**
 * Up to this many rows the index keeps the vectors themselves: 77 MB per 100,000 of 384 dimensions, recall@10 .99, 3 ms
 * of CPU. Beyond, one bit per dimension and a second look at the best (.97, 5 ms), because the vectors would not fit the cache.
 */
const FLAT_UP_TO_ROWS = 150_000;
/** Partitions searched at least. */
const MIN_PROBES = 48;
/** Vectors outside the index are compared one by one; so many cost less than indexing them. */
const UNINDEXED_VECTORS = 1_000;
/** An index trained on a quarter of the rows has too few partitions. */
const RETRAIN_FACTOR = 4;
/**
 * Rounds and vectors per partition of k-means: the library's 50 and 256 take five times as long for the same recall, 12 and 64
 * twice as long (docs/decisions/0009-partitions-searched.md).
 */
const TRAINING = { maxIterations: 12, sampleRate: 16 } as const;
/**
 * A text index in two parts is searched in 4.7 ms instead of 1.8 (12,000 rows). Building it anew takes 13 ms per 1,000 rows:
 * done for small tables and after so much growth; otherwise the new rows become a part.
 */
const REBUILD_UP_TO_ROWS = 50_000;
const REBUILD_SHARE = 0.1;
/** Every part of an index is searched on its own; more are merged by building it anew. */
const MAX_PARTS = 4;
/** Small files slow every scan; up to so many are let be. */
const MAX_SMALL_FRAGMENTS = 16;
/** Versions are kept so long for searches that are still reading them, milliseconds. */
const KEEP_VERSIONS_MS = 60_000;
/** Longest token kept, bytes; `analyse` makes no longer ones. */
const MAX_TOKEN_LENGTH = 1_024;
const TERMS_INDEX = 'terms_idx';

/** Makes the text index. Needed before the first search, even on an empty table. */
export async function indexTerms(table: Table): Promise<void> {
  const { Index } = await loadLanceDb();
  // The terms are ready (`analyse`): the index must split them at spaces and leave them alone.
  const config = Index.fts({
    baseTokenizer: 'whitespace',
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
    withPosition: false,
    maxTokenLength: MAX_TOKEN_LENGTH,
  });
  await table.createIndex('terms', { config });
}

/** Brings new rows of a text table into its indexes. */
export async function optimiseText(table: Table, scalarsFrom: number = SCALAR_INDEX_FROM_ROWS): Promise<void> {
  const stats = await table.indexStats(TERMS_INDEX);
  const unindexed = stats?.numUnindexedRows ?? 0;
  const rows = await table.countRows();
  const grown = unindexed > rows * REBUILD_SHARE || (unindexed > 0 && rows <= REBUILD_UP_TO_ROWS);
  // Putting the files together makes a part of the index of the new rows: all of it, where there was none; else only to be thrown away.
  const isFirst = stats?.numIndexedRows === 0;
  if (stats === undefined || (grown && !isFirst)) await indexTerms(table);
  else if (unindexed > 0) await compact(table, KEEP_VERSIONS_MS);
  if (await isFragmented(table)) await compact(table, KEEP_VERSIONS_MS);
  const parts = (await table.indexStats(TERMS_INDEX))?.numIndices ?? 1;
  if (parts > MAX_PARTS) await indexTerms(table);
  await indexScalars(table, scalarsFrom);
}

/** Brings new rows of a vectors table into its indexes, once there are enough rows for one. */
export async function optimiseVectors(table: Table, scalarsFrom: number = SCALAR_INDEX_FROM_ROWS): Promise<void> {
  const rows = await table.countRows();
  const index = await vectorIndex(table);
  const outgrown = index !== null && index.kind === 'flat' && rows > FLAT_UP_TO_ROWS;
  if (index !== null && !outgrown && rows <= index.trainedOn * RETRAIN_FACTOR && index.parts <= MAX_PARTS) {
    if (index.unindexed > UNINDEXED_VECTORS || (await isFragmented(table))) await compact(table, KEEP_VERSIONS_MS);
  } else {
    if (await isFragmented(table)) await compact(table, KEEP_VERSIONS_MS);
    if (rows >= VECTOR_INDEX_FROM_ROWS) await indexVectors(table, rows, index?.name ?? null);
  }
  await indexScalars(table, scalarsFrom);
}

/** Rows a text search must read one by one. */
export async function unindexedText(table: Table): Promise<number> {
  const stats = await table.indexStats(TERMS_INDEX);
  return stats?.numUnindexedRows ?? table.countRows();
}

/** Rows beyond what is compared one by one by design; 0 while the table is too small for an index. */
export async function unindexedVectors(table: Table): Promise<number> {
  const index = await vectorIndex(table);
  const unindexed = index?.unindexed ?? (await table.countRows());
  const tolerated = index === null ? VECTOR_INDEX_FROM_ROWS - 1 : UNINDEXED_VECTORS;
  return unindexed > tolerated ? unindexed : 0;
}

/** How the vector index is to be searched. */
export interface Probing {
  /** Partitions searched. */
  readonly probes: number;
  /** Whether it holds one bit per dimension only, so that the best are compared again at full precision. */
  readonly isRough: boolean;
}

/** Null: no index. */
export async function probingOf(table: Table, shares: PartitionShares): Promise<Probing | null> {
  const index = await vectorIndex(table);
  if (index === null) return null;
  const isFlat = index.kind === 'flat';
  const partitions = partitionsFor(index.trainedOn);
  const share = isFlat ? shares.of(table, { ...index, partitions }) : shares.cautious;
  return { probes: Math.max(MIN_PROBES, Math.ceil(partitions * share)), isRough: !isFlat };
}

/**
 * Rewrites a table so that nothing of a removed row is left in any file: rows, index, old versions.
 * @param of.mayHoldRemoved whether files may still hold rows that were removed
 */
export async function scrubTable(
  table: Table,
  of: { readonly kind: 'text' | 'vectors'; readonly mayHoldRemoved: () => Promise<boolean> },
): Promise<void> {
  await compact(table, 0);
  // Lance rewrites a file only when a tenth of it is deleted. An update that changes nothing rewrites every row.
  if (await of.mayHoldRemoved()) {
    await table.update({ where: 'true', valuesSql: { mediaType: 'mediaType' } });
    await compact(table, 0);
  }
  // Merging keeps a removed row's terms in the dictionary: only a new index is free of them.
  if (of.kind === 'text') await indexTerms(table);
  await compact(table, 0);
}

async function compact(table: Table, keepVersionsMs: number): Promise<void> {
  const cleanupOlderThan = new Date(Date.now() - keepVersionsMs);
  await table.optimize({ cleanupOlderThan, deleteUnverified: keepVersionsMs === 0 });
}

async function isFragmented(table: Table): Promise<boolean> {
  return (await table.stats()).fragmentStats.numSmallFragments > MAX_SMALL_FRAGMENTS;
}

async function indexScalars(table: Table, fromRows: number): Promise<void> {
  if ((await table.countRows()) < fromRows) return;
  const { Index } = await loadLanceDb();
  const present = new Set((await table.listIndices()).flatMap((index) => index.columns));
  const wanted = [
    ['id', Index.btree()],
    ['acl', Index.labelList()],
    ['tags', Index.labelList()],
    ['metadata', Index.labelList()],
    ['effectiveFrom', Index.btree()],
    ['effectiveTo', Index.btree()],
  ] as const;
  for (const [column, config] of wanted) {
    if (!present.has(column)) await table.createIndex(column, { config });
  }
}

async function indexVectors(table: Table, rows: number, previous: string | null): Promise<void> {
  const { Index } = await loadLanceDb();
  const options = { distanceType: 'cosine', numPartitions: partitionsFor(rows), ...TRAINING } as const;
  const kind = rows <= FLAT_UP_TO_ROWS ? 'flat' : 'bits';
  const name = `${kind}_${rows}`;
  await table.createIndex('vector', { config: kind === 'flat' ? Index.ivfFlat(options) : Index.ivfRq(options), name });
  if (previous !== null && previous !== name) await table.dropIndex(previous);
}

function partitionsFor(rows: number): number {
  return Math.floor(Math.sqrt(rows));
}

interface VectorIndex {
  readonly name: string;
  readonly kind: 'flat' | 'bits';
  readonly trainedOn: number;
  readonly unindexed: number;
  readonly parts: number;
}

/** The kind of index and how many rows it was trained on are in its name: Lance does not tell. */
async function vectorIndex(table: Table): Promise<VectorIndex | null> {
  const name = (await table.listIndices()).find((index) => index.columns.includes('vector'))?.name;
  const stats = name === undefined ? undefined : await table.indexStats(name);
  if (name === undefined || stats === undefined) return null;
  const [kind, rows] = name.split('_');
  return {
    name,
    kind: kind === 'flat' ? 'flat' : 'bits',
    trainedOn: Number(rows),
    unindexed: stats.numUnindexedRows,
    parts: stats.numIndices ?? 1,
  };
}

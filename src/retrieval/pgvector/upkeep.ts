import type { Database, Transaction } from '../../store/index.ts';
import type { IndexScope } from '../chunk-index.ts';
import { indexName, type Relations, relationsOf } from './relations.ts';
import { mergeSegments, planMerge, purgeSegment, readSegments, type Segment } from './segments.ts';

/** Fewer vectors than this are compared one by one in a few milliseconds, without a graph and without loss. */
const GRAPH_FROM_ROWS = 10_000;
/** Share of taken-out rows from which on postings are written anew. */
const PURGE_SHARE = 0.2;
/** Taken-out rows handled together. */
const PURGED_AT_ONCE = 100_000;

/** Links per node and effort while building (Malkov and Yashunin, 2018): pgvector's own links, somewhat more effort. */
const GRAPH = 'm = 16, ef_construction = 100';

/** Merges segments, writes those anew that are full of gaps. Repeats until there is nothing to do. */
export async function tidyText(database: Database, scope: IndexScope): Promise<void> {
  const context = contextOf(scope);
  const relations = relationsOf(scope);
  await database.withTenant(context, async (tx) => {
    await takeTurn(tx, relations);
    const [share] = await tx.query<{ gaps: number; chunks: number }>(
      `select (select count(*) from ${relations.removed}) as gaps, chunks from ${relations.state}`,
    );
    if (share !== undefined && share.gaps > 0 && share.gaps >= share.chunks * PURGE_SHARE) await purge(tx, relations);
    const merged = planMerge(await readSegments(tx, relations));
    await mergeSegments(tx, relations, merged);
  });
}

/** Chunks in segments that wait to be merged. */
export async function untidyChunks(database: Database, scope: IndexScope): Promise<number> {
  const relations = relationsOf(scope);
  const segments = await database.withTenant(contextOf(scope), (tx) => readSegments(tx, relations));
  return planMerge(segments).reduce((sum, each) => sum + each.chunks, 0);
}

/** Writes every segment anew that has postings of taken-out rows, and the tables without what they held. */
export async function scrubText(database: Database, scope: IndexScope): Promise<void> {
  const relations = relationsOf(scope);
  const purged = await database.withTenant(contextOf(scope), async (tx) => {
    await takeTurn(tx, relations);
    return await purge(tx, relations);
  });
  if (!purged) return;
  await database.withSystem('rewrite a text index after an erasure', async (tx) => {
    for (const table of [relations.postings, relations.text]) {
      // Writes the live rows into new files; the old files, dead rows included, go when the transaction ends.
      await tx.query(`cluster ${table} using ${table.slice(table.indexOf('.') + 1)}_pkey`);
    }
  });
}

/**
 * Takes removed vectors out of the table and its graph, which otherwise waits for autovacuum: a fifth of the table must
 * change first. Readers and writers go on meanwhile; it ends within the owner's statement timeout.
 */
export async function scrubVectors(database: Database, table: string): Promise<void> {
  await database.vacuum([table]);
}

/** Builds the graph over the vectors once there are enough. Writers wait meanwhile, searches do not. */
export async function tidyVectors(database: Database, scope: IndexScope): Promise<void> {
  if ((await unindexedVectors(database, scope)) === 0) return;
  const { vectors } = relationsOf(scope);
  await database.withSystem('build an index of vectors', async (tx) => {
    await tx.query(`set local maintenance_work_mem = '512MB'`);
    await tx.query(
      `create index if not exists ${indexName(vectors, 'hnsw')} on ${vectors}
        using hnsw (vector halfvec_cosine_ops) with (${GRAPH})`,
    );
    await tx.query(`analyze ${vectors}`);
  });
}

/** Vectors that wait for a graph. */
export async function unindexedVectors(database: Database, scope: IndexScope): Promise<number> {
  const { schema, vectors } = relationsOf(scope);
  const [row] = await database.withTenant(contextOf(scope), (tx) =>
    tx.query<{ rows: number }>(
      `select case when to_regclass('${schema}.${indexName(vectors, 'hnsw')}') is not null then 0
                   else (select count(*) from ${vectors}) end as rows`,
    ),
  );
  return row !== undefined && row.rows >= GRAPH_FROM_ROWS ? row.rows : 0;
}

/** @returns whether there was anything */
async function purge(tx: Transaction, relations: Relations): Promise<boolean> {
  let purged = false;
  for (;;) {
    const rows = await tx.query<{ row: number }>(
      `select row_number as row from ${relations.removed} order by row_number limit ${PURGED_AT_ONCE}`,
    );
    if (rows.length === 0) return purged;
    purged = true;
    const numbers = rows.map(({ row }) => row);
    const segments = await readSegments(tx, relations);
    for (const [segment, gone] of gapsBySegment(segments, numbers))
      await purgeSegment(tx, relations, { segment, gone });
    await tx.query(`delete from ${relations.removed} where row_number <= $1`, [numbers.at(-1)]);
  }
}

/** Each taken-out row belongs to the last segment that begins at or before it. Both ascending. */
function gapsBySegment(segments: readonly Segment[], rows: readonly number[]): Map<Segment, Set<number>> {
  const gaps = new Map<Segment, Set<number>>();
  let at = 0;
  for (const row of rows) {
    while (at + 1 < segments.length && (segments[at + 1] as Segment).firstRow <= row) at += 1;
    const segment = segments[at];
    if (segment !== undefined) gaps.set(segment, (gaps.get(segment) ?? new Set()).add(row));
  }
  return gaps;
}

/** Merging and purging never run twice at a time, in whichever process. */
async function takeTurn(tx: Transaction, relations: Relations): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [relations.postings]);
}

function contextOf({ tenantId }: IndexScope) {
  return { tenantId, principalId: 'index', groups: [], requestId: 'index' };
}

import type { Transaction } from '../../store/index.ts';
import type { ChunkAttributes, IndexScope, TextEntry, VectorEntry } from '../chunk-index.ts';
import { binaryArray, halfvecBytes } from './binary-array.ts';
import { countTerms } from './postings.ts';
import type { Relations } from './relations.ts';
import { addSegment } from './segments.ts';
import { NO_END } from './to-postgres-filter.ts';

/** What the writing of a batch needs to know. */
export interface Batch<T> {
  readonly relations: Relations;
  /** Different ids. */
  readonly entries: readonly T[];
  /** Whether some of them may be there already. */
  readonly mayExist: boolean;
}

const COLUMNS = `id, document_id, version_id, external_id, media_type, acl, tags, metadata, effective_from, effective_to`;
const RECORD = `id uuid, document_id uuid, version_id uuid, external_id text, media_type text, acl text[], tags text[],
  metadata text[], effective_from bigint, effective_to bigint`;

/** Writes chunks with their words: rows, counters and a segment of postings, all or nothing. */
export async function writeText(tx: Transaction, batch: Batch<TextEntry>): Promise<void> {
  const { relations, entries, mayExist } = batch;
  const firstRow = await takeRows(tx, relations, entries.length);
  if (mayExist) await takeOutText(tx, relations, { column: 'id', ids: entries.map((entry) => entry.id) });
  const counted = await countTerms(entries.map(({ terms }, i) => ({ row: firstRow + i, terms })));
  const rows = entries.map((entry, i) => ({
    ...rowOf(entry),
    row_number: firstRow + i,
    length: counted.lengths[i] ?? 0,
  }));
  await tx.query(
    `insert into ${relations.text} (${COLUMNS}, row_number, length)
     select * from jsonb_to_recordset($1::jsonb) as r(${RECORD}, row_number bigint, length int)`,
    [JSON.stringify(rows)],
  );
  await addSegment(tx, relations, { counted, firstRow });
  const length = counted.lengths.reduce((sum, each) => sum + each, 0);
  await count(tx, relations, { chunks: entries.length, length });
}

/** Writes chunks with their vectors. @param halfvecOid type OID of `halfvec` in this database */
export async function writeVectors(tx: Transaction, batch: Batch<VectorEntry>, halfvecOid: number): Promise<void> {
  const { relations, entries, mayExist } = batch;
  if (mayExist) {
    await tx.query(`delete from ${relations.vectors} where id = any($1::uuid[])`, [entries.map((entry) => entry.id)]);
  }
  const vectors = binaryArray(
    halfvecOid,
    entries.map((entry) => halfvecBytes(entry.vector)),
  );
  await tx.query(
    `insert into ${relations.vectors} (${COLUMNS}, vector)
     select r.*, v.vector
       from rows from (jsonb_to_recordset($1::jsonb) as (${RECORD})) with ordinality as r(${COLUMNS}, place)
       join unnest($2::halfvec[]) with ordinality as v(vector, place) using (place)`.replace('r.*', listOf('r')),
    [JSON.stringify(entries.map(rowOf)), vectors],
  );
}

/** Takes chunks out of the text index; their postings stay until their segment is written anew. */
export async function takeOutText(
  tx: Transaction,
  relations: Relations,
  { column, ids }: { readonly column: 'id' | 'document_id'; readonly ids: readonly string[] },
): Promise<void> {
  await takeRows(tx, relations, 0);
  const [gone] = await tx.query<{ chunks: number; length: number }>(
    `with gone as (delete from ${relations.text} where ${column} = any($1::uuid[]) returning row_number, length),
          noted as (insert into ${relations.removed} select row_number from gone)
     select count(*) as chunks, coalesce(sum(length), 0)::bigint as length from gone`,
    [ids],
  );
  if (gone !== undefined && gone.chunks > 0) {
    await count(tx, relations, { chunks: -gone.chunks, length: -gone.length });
  }
}

/** The number of the first of so many new rows. Holds the collection's counters, so that writers take turns. */
async function takeRows(tx: Transaction, { state }: Relations, rows: number): Promise<number> {
  const [row] = await tx.query<{ next: number }>(
    `update ${state} set next_row = next_row + $1 returning next_row - $1 as next`,
    [rows],
  );
  return row?.next ?? 0;
}

async function count(
  tx: Transaction,
  { state }: Relations,
  { chunks, length }: { readonly chunks: number; readonly length: number },
): Promise<void> {
  await tx.query(`update ${state} set chunks = chunks + $1, length = length + $2`, [chunks, length]);
}

function listOf(alias: string): string {
  return COLUMNS.split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ');
}

function rowOf(entry: ChunkAttributes): Record<string, unknown> {
  return {
    id: entry.id,
    document_id: entry.documentId,
    version_id: entry.versionId,
    external_id: entry.externalId,
    media_type: entry.mediaType,
    acl: entry.acl,
    tags: entry.tags,
    metadata: entry.metadata,
    effective_from: entry.effectiveFrom,
    effective_to: entry.effectiveTo ?? NO_END,
  };
}

/** Rows per transaction of vectors: their encoding takes about 2 ms. */
export function vectorsPerBatch(scope: IndexScope): number {
  return Math.max(16, Math.floor(100_000 / scope.dimensions));
}

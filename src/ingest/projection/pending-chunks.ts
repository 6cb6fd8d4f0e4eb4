import type { TenantContext } from '../../base/index.ts';
import type { ChunkAttributes } from '../../retrieval/index.ts';
import type { Database } from '../../store/index.ts';
import { QUEUE_AGAIN, QUEUED_FOR, stateAfter, type Waiting, WAITS_FOR_TEXT, WAITS_FOR_VECTOR } from './chunk-state.ts';

/** A chunk on its way into the index. */
export interface PendingChunk {
  readonly attributes: ChunkAttributes;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly header: string;
  readonly textSha256: string;
  /** SHA-256 in hex of the embedded text. */
  readonly embeddingKey: string;
  /** See `chunk-state.ts`. */
  readonly state: number;
}

interface Row {
  id: string;
  documentId: string;
  versionId: string;
  externalId: string;
  mediaType: string;
  acl: string[];
  tags: string[];
  metadata: Record<string, string>;
  effectiveFrom: Date;
  effectiveTo: Date | null;
  ordinal: number;
  start: number;
  end: number;
  header: string;
  textSha256: string;
  embeddingKey: string;
  state: number;
}

/** A place in the order chunks are read in: by version, then by ordinal. */
export interface PendingPlace {
  readonly versionId: string;
  readonly ordinal: number;
}

/** Which chunks to read: those of a collection that wait for something, in their order. `after` is exclusive. */
export interface PendingPage {
  readonly collectionId: string;
  readonly waiting: Waiting;
  readonly after: PendingPlace | null;
  readonly limit: number;
}

/** Where a page goes on after this chunk. */
export function placeOf(chunk: PendingChunk): PendingPlace {
  return { versionId: chunk.attributes.versionId, ordinal: chunk.ordinal };
}

const START: PendingPlace = { versionId: '00000000-0000-0000-0000-000000000000', ordinal: -1 };

const WAITS = { text: WAITS_FOR_TEXT, vector: WAITS_FOR_VECTOR } as const;

const page = (waiting: Waiting): string => `
select k.id, k.document_id as "documentId", k.version_id as "versionId", d.external_id as "externalId",
       v.media_type as "mediaType", d.acl, d.tags, d.metadata, v.effective_from as "effectiveFrom",
       v.effective_to as "effectiveTo", k.ordinal, k.start, k."end", k.header, v.text_sha256 as "textSha256",
       encode(k.embedding_key, 'hex') as "embeddingKey", k.index_state as state
  from (select k.*
          from index_queue q cross join lateral (
               select * from chunks
                where version_id = q.version_id and ${WAITS[waiting]}
                  and (q.version_id > $2::uuid or ordinal > $3::int)
                order by ordinal limit $4) k
         where q.collection_id = $1 and q.waiting = ${QUEUED_FOR[waiting]} and q.version_id >= $2::uuid
         order by q.version_id, k.ordinal limit $4) k
  join versions v on v.id = k.version_id
  join documents d on d.id = k.document_id
 order by k.version_id, k.ordinal`;

/** The next chunks that wait for something. */
export async function pendingChunks(
  database: Database,
  context: TenantContext,
  wanted: PendingPage,
): Promise<PendingChunk[]> {
  const { versionId, ordinal } = wanted.after ?? START;
  const parameters = [wanted.collectionId, versionId, ordinal, wanted.limit];
  const rows = await database.withTenant(context, (tx) => tx.query<Row>(page(wanted.waiting), parameters));
  return rows.map(fromRow);
}

const REREAD = `
select k.id, k.index_state as state, v.effective_to as "effectiveTo"
  from chunks k join versions v on v.id = k.version_id
 where k.id = any($1::uuid[])`;

/**
 * The same chunks as they are now: without those deleted or begun anew (their facts changed) since they were read,
 * and with the end of their validity, the only thing else that may have changed.
 */
export async function rereadChunks(
  database: Database,
  context: TenantContext,
  chunks: readonly PendingChunk[],
): Promise<PendingChunk[]> {
  const ids = chunks.map((chunk) => chunk.attributes.id);
  const rows = await database.withTenant(context, (tx) =>
    tx.query<Pick<Row, 'id' | 'state' | 'effectiveTo'>>(REREAD, [ids]),
  );
  const now = new Map(rows.map((row) => [row.id, row]));
  return chunks.flatMap((chunk) => {
    const row = now.get(chunk.attributes.id);
    if (row?.state !== chunk.state) return [];
    return { ...chunk, attributes: { ...chunk.attributes, effectiveTo: row.effectiveTo?.getTime() ?? null } };
  });
}

/**
 * Moves on the chunks that are as they were read; versions none of whose chunks waits any more leave the queue. Not
 * one that another process queues at this moment: the row it then holds has another ticket than the one seen here.
 */
const advance = (waiting: Waiting): string => `
with moved as (
  update chunks set index_state = $3 where id = any($1::uuid[]) and index_state = $2
  returning id, tenant_id, collection_id, version_id),
${waiting === 'text' ? QUEUE_FOR_VECTORS : ''}
done as (
  delete from index_queue q
   where q.collection_id = $4 and q.waiting = ${QUEUED_FOR[waiting]} and q.version_id = any($5::uuid[])
     and q.ticket = (select ticket from index_queue
                      where collection_id = $4 and waiting = ${QUEUED_FOR[waiting]} and version_id = q.version_id)
     and not exists (select from chunks k where k.version_id = q.version_id and ${WAITS[waiting]}
                        and k.id not in (select id from moved)))
select`;

const QUEUE_FOR_VECTORS = `
queued as (
  insert into index_queue (tenant_id, collection_id, waiting, version_id)
  select distinct tenant_id, collection_id, ${QUEUED_FOR.vector}, version_id from moved ${QUEUE_AGAIN}),`;

/** Records that chunks took the step they waited for. Those deleted or changed since they were read are passed over. */
export async function advanceChunks(
  database: Database,
  context: TenantContext,
  step: { readonly collectionId: string; readonly waiting: Waiting; readonly chunks: readonly PendingChunk[] },
): Promise<void> {
  if (step.chunks.length === 0) return;
  const byState = Map.groupBy(step.chunks, (chunk) => chunk.state);
  await database.withTenant(context, async (tx) => {
    for (const [state, group] of byState) {
      const ids = group.map((chunk) => chunk.attributes.id);
      const versions = [...new Set(group.map((chunk) => chunk.attributes.versionId))];
      const parameters = [ids, state, stateAfter(state), step.collectionId, versions];
      await tx.query(advance(step.waiting), parameters);
    }
  });
}

/** The newest version any of whose chunks is on its way into the index; null: none is. */
export async function newestPendingVersion(
  database: Database,
  context: TenantContext,
  collectionId: string,
): Promise<string | null> {
  const [row] = await database.withTenant(context, (tx) =>
    tx.query<{ newest: string | null }>(
      'select max(version_id::text) as newest from index_queue where collection_id = $1',
      [collectionId],
    ),
  );
  return row?.newest ?? null;
}

function fromRow(row: Row): PendingChunk {
  const attributes: ChunkAttributes = {
    id: row.id,
    documentId: row.documentId,
    versionId: row.versionId,
    externalId: row.externalId,
    mediaType: row.mediaType,
    acl: row.acl,
    tags: row.tags,
    metadata: Object.entries(row.metadata).map(([key, value]) => `${key}=${value}`),
    effectiveFrom: row.effectiveFrom.getTime(),
    effectiveTo: row.effectiveTo?.getTime() ?? null,
  };
  const { ordinal, start, end, header, textSha256, embeddingKey, state } = row;
  return { attributes, ordinal, start, end, header, textSha256, embeddingKey, state };
}

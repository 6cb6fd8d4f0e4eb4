import type { TenantContext } from '../../base/index.ts';
import { type ChunkAttributes, metadataEntries } from '../../retrieval/index.ts';
import type { Database } from '../../store/index.ts';
import type { IngestServices } from '../services.ts';
import { QUEUED_FOR, type Waiting, WAITS } from './chunk-state.ts';

/** A chunk on its way into the index. */
export interface PendingChunk {
  readonly attributes: ChunkAttributes;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly header: string;
  readonly textSha256: string;
  /** ISO 639-1: whose words and stems its terms are made by. */
  readonly language: string;
  /** SHA-256 in hex of the embedded text. */
  readonly embeddingKey: string;
  /** See `chunk-state.ts`. */
  readonly state: number;
  /** The collection's count of {@link StoredChanges} when this was read. */
  readonly seenAt: number;
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
  language: string;
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

const page = (waiting: Waiting): string => `
select k.id, k.document_id as "documentId", k.version_id as "versionId", d.external_id as "externalId",
       v.media_type as "mediaType", d.acl, d.tags, d.metadata, v.effective_from as "effectiveFrom",
       v.effective_to as "effectiveTo", k.ordinal, k.start, k."end", k.header, v.text_sha256 as "textSha256", v.language,
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
  services: Pick<IngestServices, 'database' | 'changes'>,
  context: TenantContext,
  wanted: PendingPage,
): Promise<PendingChunk[]> {
  const { versionId, ordinal } = wanted.after ?? START;
  const parameters = [wanted.collectionId, versionId, ordinal, wanted.limit];
  return await services.database.withTenant(context, async (tx) => {
    const seenAt = services.changes.of(wanted.collectionId);
    const rows = await tx.query<Row>(page(wanted.waiting), parameters, { keepPlan: true });
    return rows.map((row) => fromRow(row, seenAt));
  });
}

const REREAD = `
select k.id, k.index_state as state, v.effective_to as "effectiveTo"
  from chunks k join versions v on v.id = k.version_id
 where k.id = any($1::uuid[])`;

/** Chunks of one collection. */
export interface ReadChunks {
  readonly collectionId: string;
  readonly chunks: readonly PendingChunk[];
}

/**
 * The same chunks as they are now: without those deleted or begun anew (their facts changed) since they were read,
 * and with the end of their validity, the only thing else that may have changed. The store is not asked when nobody
 * can have changed them.
 */
export async function chunksAsTheyAre(
  services: Pick<IngestServices, 'database' | 'changes'>,
  context: TenantContext,
  { collectionId, chunks }: ReadChunks,
): Promise<readonly PendingChunk[]> {
  const { database, changes } = services;
  const count = changes.of(collectionId);
  if (database.kind === 'pglite' && chunks.every(({ seenAt }) => seenAt === count)) return chunks;
  const ids = chunks.map((chunk) => chunk.attributes.id);
  const { rows, seenAt } = await database.withTenant(context, async (tx) => ({
    seenAt: changes.of(collectionId),
    rows: await tx.query<Pick<Row, 'id' | 'state' | 'effectiveTo'>>(REREAD, [ids]),
  }));
  const now = new Map(rows.map((row) => [row.id, row]));
  return chunks.flatMap((chunk) => {
    const row = now.get(chunk.attributes.id);
    if (row?.state !== chunk.state) return [];
    const attributes = { ...chunk.attributes, effectiveTo: row.effectiveTo?.getTime() ?? null };
    return { ...chunk, attributes, seenAt };
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

function fromRow(row: Row, seenAt: number): PendingChunk {
  const attributes: ChunkAttributes = {
    id: row.id,
    documentId: row.documentId,
    versionId: row.versionId,
    externalId: row.externalId,
    mediaType: row.mediaType,
    acl: row.acl,
    tags: row.tags,
    metadata: metadataEntries(row.metadata),
    effectiveFrom: row.effectiveFrom.getTime(),
    effectiveTo: row.effectiveTo?.getTime() ?? null,
  };
  const { ordinal, start, end, header, textSha256, language, embeddingKey, state } = row;
  return { attributes, ordinal, start, end, header, textSha256, language, embeddingKey, state, seenAt };
}

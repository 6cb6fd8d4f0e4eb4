import type { TenantContext } from '../../base/index.ts';
import type { ChunkAttributes } from '../../retrieval/index.ts';
import type { Database } from '../../store/index.ts';
import { stateAfter, type Waiting, WAITS_FOR_TEXT, WAITS_FOR_VECTOR } from './chunk-state.ts';

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

/** Which chunks to read: those of a collection that wait for something, ordered by id. `after` is exclusive. */
export interface PendingPage {
  readonly collectionId: string;
  readonly waiting: Waiting;
  readonly after: string | null;
  readonly limit: number;
}

const COLUMNS = `
  k.id, k.document_id as "documentId", k.version_id as "versionId", d.external_id as "externalId",
  v.media_type as "mediaType", d.acl, d.tags, d.metadata, v.effective_from as "effectiveFrom",
  v.effective_to as "effectiveTo", k.ordinal, k.start, k."end", k.header, v.text_sha256 as "textSha256",
  encode(k.embedding_key, 'hex') as "embeddingKey", k.index_state as state`;

const WAITS = { text: WAITS_FOR_TEXT, vector: WAITS_FOR_VECTOR } as const;

const page = (waiting: Waiting): string => `
select ${COLUMNS}
  from (select * from chunks
         where collection_id = $1 and index_state < 2 and ${WAITS[waiting]}
           and id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000')
         order by id limit $3) k
  join versions v on v.id = k.version_id
  join documents d on d.id = k.document_id
 order by k.id`;

const same = (waiting: Waiting): string => `
select ${COLUMNS}
  from (select * from chunks where id = any($1::uuid[]) and ${WAITS[waiting]}) k
  join versions v on v.id = k.version_id
  join documents d on d.id = k.document_id`;

/** The next chunks that wait for something. */
export async function pendingChunks(
  database: Database,
  context: TenantContext,
  wanted: PendingPage,
): Promise<PendingChunk[]> {
  const parameters = [wanted.collectionId, wanted.after, wanted.limit];
  const rows = await database.withTenant(context, (tx) => tx.query<Row>(page(wanted.waiting), parameters));
  return rows.map(fromRow);
}

/** The same chunks as they are now: deleted ones are missing, facts that changed meanwhile are new. */
export async function rereadChunks(
  database: Database,
  context: TenantContext,
  wanted: { readonly ids: readonly string[]; readonly waiting: Waiting },
): Promise<PendingChunk[]> {
  const rows = await database.withTenant(context, (tx) => tx.query<Row>(same(wanted.waiting), [wanted.ids]));
  return rows.map(fromRow);
}

/** Records that chunks took the step they waited for. Those deleted or changed since they were read are passed over. */
export async function advanceChunks(
  database: Database,
  context: TenantContext,
  chunks: readonly PendingChunk[],
): Promise<void> {
  if (chunks.length === 0) return;
  const byState = Map.groupBy(chunks, (chunk) => chunk.state);
  await database.withTenant(context, async (tx) => {
    for (const [state, group] of byState) {
      await tx.query('update chunks set index_state = $2 where id = any($1::uuid[]) and index_state = $3', [
        group.map((chunk) => chunk.attributes.id),
        stateAfter(state),
        state,
      ]);
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
      'select max(version_id::text) as newest from chunks where collection_id = $1 and index_state < 2',
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

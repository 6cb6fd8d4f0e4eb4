import type { TenantContext } from '../../base/index.ts';
import type { ChunkAttributes } from '../../retrieval/index.ts';
import type { Database } from '../../store/index.ts';

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
}

/** Which chunks to read: those of a collection in a state, ordered by id. `after` is exclusive. */
export interface PendingPage {
  readonly collectionId: string;
  /** A value of `INDEX_STATE`. */
  readonly state: number;
  readonly after: string | null;
  readonly limit: number;
}

const COLUMNS = `
  k.id, k.document_id as "documentId", k.version_id as "versionId", d.external_id as "externalId",
  v.media_type as "mediaType", d.acl, d.tags, d.metadata, v.effective_from as "effectiveFrom",
  v.effective_to as "effectiveTo", k.ordinal, k.start, k."end", k.header, v.text_sha256 as "textSha256",
  encode(k.embedding_key, 'hex') as "embeddingKey"`;

const PAGE = `
select ${COLUMNS}
  from (select * from chunks
         where collection_id = $1 and index_state < 2 and index_state = $2
           and id > coalesce($3::uuid, '00000000-0000-0000-0000-000000000000')
         order by id limit $4) k
  join versions v on v.id = k.version_id
  join documents d on d.id = k.document_id
 order by k.id`;

const SAME = `
select ${COLUMNS}
  from chunks k join versions v on v.id = k.version_id join documents d on d.id = k.document_id
 where k.id = any($1::uuid[]) and k.index_state = $2`;

/** The next chunks that wait in a state. */
export async function pendingChunks(
  database: Database,
  context: TenantContext,
  page: PendingPage,
): Promise<PendingChunk[]> {
  const parameters = [page.collectionId, page.state, page.after, page.limit];
  return (await database.withTenant(context, (tx) => tx.query<Row>(PAGE, parameters))).map(fromRow);
}

/** The same chunks as they are now: deleted ones are missing, facts that changed meanwhile are new. */
export async function rereadChunks(
  database: Database,
  context: TenantContext,
  same: { readonly ids: readonly string[]; readonly state: number },
): Promise<PendingChunk[]> {
  return (await database.withTenant(context, (tx) => tx.query<Row>(SAME, [same.ids, same.state]))).map(fromRow);
}

/** Records how far chunks have come. Rows deleted meanwhile are passed over. */
export async function advanceChunks(
  database: Database,
  context: TenantContext,
  step: { readonly ids: readonly string[]; readonly from: number; readonly to: number },
): Promise<void> {
  await database.withTenant(context, (tx) =>
    tx.query('update chunks set index_state = $2 where id = any($1::uuid[]) and index_state = $3', [
      step.ids,
      step.to,
      step.from,
    ]),
  );
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
  const { ordinal, start, end, header, textSha256, embeddingKey } = row;
  return { attributes, ordinal, start, end, header, textSha256, embeddingKey };
}

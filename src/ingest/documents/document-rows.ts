import type { TenantContext } from '../../base/index.ts';
import { jsonbOf, type Transaction } from '../../store/index.ts';
import type { Chunk } from '../parse/index.ts';
import { NEXT_ROUND, QUEUE_AGAIN, QUEUED_FOR } from '../projection/chunk-state.ts';

/** What a chunk's row has beside the chunk. */
interface ChunkIds {
  readonly id: string;
  readonly versionId: string;
  readonly documentId: string;
  readonly collectionId: string;
  readonly embeddingKey: string;
}

/** Rows of one batch, as plain data; instants are ISO 8601 text, hashes hex. */
export interface DocumentRows {
  /** Inserted, or replaced when the id exists. */
  readonly documents: object[];
  readonly versions: object[];
  /** Versions whose validity ends. */
  readonly closed: { readonly id: string; readonly effectiveTo: string }[];
  readonly chunks: (Chunk & ChunkIds)[];
  /** New versions that have chunks. */
  readonly queued: { readonly collectionId: string; readonly versionId: string }[];
  /** Documents whose chunks must enter the index again. */
  readonly reset: string[];
}

/** Everything in one statement: one round trip, whatever the size of the batch. */
const WRITE = `
with input as materialized (select $2::jsonb as rows),
d as (
  insert into documents (tenant_id, id, collection_id, source_id, external_id, title, media_type, acl, tags, metadata,
                         version_id, source_state, created_at, updated_at)
  select $1::uuid, r.id, r."collectionId", r."sourceId", r."externalId", r.title, r."mediaType", r.acl, r.tags,
         r.metadata, r."versionId", r."sourceState", r.now, r.now
    from input, jsonb_to_recordset(rows->'documents') as r(id uuid, "collectionId" uuid, "sourceId" uuid,
         "externalId" text, title text, "mediaType" text, acl text[], tags text[], metadata jsonb, "versionId" uuid,
         "sourceState" text, now timestamptz)
  on conflict (id) do update set source_id = excluded.source_id, title = excluded.title, acl = excluded.acl,
     media_type = excluded.media_type, tags = excluded.tags, metadata = excluded.metadata,
     version_id = excluded.version_id, source_state = excluded.source_state, updated_at = excluded.updated_at),
closed as (
  update versions v set effective_to = r."effectiveTo"
    from input, jsonb_to_recordset(rows->'closed') as r(id uuid, "effectiveTo" timestamptz) where v.id = r.id),
v as (
  insert into versions (tenant_id, id, document_id, collection_id, ordinal, title, media_type, original_sha256,
                        original_bytes, text_sha256, text_length, language, parser, chunker, page_count, page_starts, warnings,
                        effective_from, effective_to, recorded_at)
  select $1::uuid, r.id, r."documentId", r."collectionId", r.ordinal, r.title, r."mediaType", r."originalSha256",
         r."originalBytes", r."textSha256", r."textLength", r.language, r.parser, r.chunker, r."pageCount", r."pageStarts",
         r.warnings,
         r."effectiveFrom", r."effectiveTo", r."recordedAt"
    from input, jsonb_to_recordset(rows->'versions') as r(id uuid, "documentId" uuid, "collectionId" uuid,
         ordinal int, title text, "mediaType" text, "originalSha256" text, "originalBytes" bigint, "textSha256" text,
         "textLength" int, language text, parser text, chunker text, "pageCount" int, "pageStarts" int[], warnings text[], "effectiveFrom" timestamptz,
         "effectiveTo" timestamptz, "recordedAt" timestamptz)),
c as (
  insert into chunks (tenant_id, id, version_id, document_id, collection_id, ordinal, start, "end", parent_start,
                      parent_end, page, heading_path, header, token_count, embedding_key)
  select $1::uuid, r.id, r."versionId", r."documentId", r."collectionId", r.ordinal, r.start, r."end",
         r."parentStart", r."parentEnd", r.page, r."headingPath", r.header, r."tokenCount", decode(r."embeddingKey", 'hex')
    from input, jsonb_to_recordset(rows->'chunks') as r(id uuid, "versionId" uuid, "documentId" uuid,
         "collectionId" uuid, ordinal int, start int, "end" int, "parentStart" int, "parentEnd" int, page int,
         "headingPath" text[], header text, "tokenCount" int, "embeddingKey" text)),
q as (
  delete from quarantine x using input, jsonb_to_recordset(rows->'documents') as r("collectionId" uuid, "externalId" text)
   where x.tenant_id = $1::uuid and x.collection_id = r."collectionId" and x.external_id = r."externalId"
  returning x.original_sha256),
reset as (
  update chunks k set index_state = ${NEXT_ROUND}
    from input, jsonb_array_elements_text(rows->'reset') as r(id)
    join versions v on v.document_id = r.id::uuid
   where k.version_id = v.id
  returning k.collection_id, k.version_id),
queued as (
  insert into index_queue (tenant_id, collection_id, waiting, version_id)
  select $1::uuid, r."collectionId", ${QUEUED_FOR.text}, r."versionId"
    from input, jsonb_to_recordset(rows->'queued') as r("collectionId" uuid, "versionId" uuid)
   union select $1::uuid, collection_id, ${QUEUED_FOR.text}, version_id from reset
  ${QUEUE_AGAIN})
select original_sha256 as sha256 from q where original_sha256 is not null`;

/** Writes a batch. A document that is stored leaves quarantine. @returns the blobs that were kept there */
export async function writeDocuments(tx: Transaction, context: TenantContext, rows: DocumentRows): Promise<string[]> {
  const released = await tx.query<{ sha256: string }>(WRITE, [context.tenantId, jsonbOf(rows)], {
    keepPlan: true,
  });
  return released.map(({ sha256 }) => sha256);
}

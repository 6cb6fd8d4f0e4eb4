/** Rows for the tests of projections. */
import { newId } from '../../base/index.ts';
import type { TestDatabase } from '../../store/testing.ts';

/** Chunks of the version that {@link storeVersion} stores. */
export const CHUNKS = 3;

/** Stores one version none of whose chunks is indexed. */
export async function storeVersion(
  { database, context }: TestDatabase,
  collectionId: string,
  name = 'a.txt',
): Promise<void> {
  const [tenant, document, version] = [context.tenantId, newId(), newId()];
  await database.withTenant(context, async (tx) => {
    await tx.query(
      `insert into documents (tenant_id, id, collection_id, external_id, title, media_type, acl, tags, version_id, created_at, updated_at)
       values ($1, $2, $3, $5, 'A', 'text/plain', '{}', '{}', $4, now(), now())`,
      [tenant, document, collectionId, version, name],
    );
    await tx.query(
      `insert into versions (tenant_id, id, document_id, collection_id, ordinal, title, media_type, original_sha256, original_bytes,
         text_sha256, text_length, parser, chunker, page_starts, warnings, effective_from, recorded_at)
       values ($1, $2, $3, $4, 1, 'A', 'text/plain', 'a', 1, 'a', 1, 'p', 'c', '{}', '{}', now(), now())`,
      [tenant, version, document, collectionId],
    );
    for (let ordinal = 0; ordinal < CHUNKS; ordinal++) {
      await tx.query(
        `insert into chunks (tenant_id, id, version_id, document_id, collection_id, ordinal, start, "end", parent_start, parent_end,
           heading_path, header, token_count, embedding_key) values ($1, $2, $3, $4, $5, $6, 0, 1, 0, 1, '{}', '', 1, $7)`,
        [tenant, newId(), version, document, collectionId, ordinal, Buffer.alloc(32, ordinal)],
      );
    }
    await tx.query('insert into index_queue (tenant_id, collection_id, waiting, version_id) values ($1, $2, 0, $3)', [
      tenant,
      collectionId,
      version,
    ]);
  });
}

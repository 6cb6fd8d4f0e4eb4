import { expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import type { ChunkIndex, TextEntry } from '../../retrieval/index.ts';
import { describeDatabases, type TestDatabase } from '../../store/testing.ts';
import { StoredChanges } from '../documents/stored-changes.ts';
import { FreshChunks } from './fresh-chunks.ts';
import type { Lane } from './lane-services.ts';
import { pendingChunks } from './pending-chunks.ts';
import { StoreLooks } from './store-looks.ts';
import { runTextLane } from './text-lane.ts';

const CHUNKS = 3;

/** One stored version none of whose chunks is indexed. */
async function storeVersion({ database, context }: TestDatabase, collectionId: string): Promise<void> {
  const [tenant, document, version] = [context.tenantId, newId(), newId()];
  await database.withTenant(context, async (tx) => {
    await tx.query(
      `insert into documents (tenant_id, id, collection_id, external_id, title, media_type, acl, tags, version_id, created_at, updated_at)
       values ($1, $2, $3, 'a.txt', 'A', 'text/plain', '{}', '{}', $4, now(), now())`,
      [tenant, document, collectionId, version],
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

describeDatabases('text lane', (open) => {
  it('indexes what is in memory once, also when the store was asked for it first', async () => {
    const test = await open();
    const { database, context } = test;
    const collectionId = newId();
    const put: string[] = [];
    const index = {
      putText: async (_scope: unknown, entries: readonly TextEntry[]) => {
        put.push(...entries.map(({ id }) => id));
      },
    } as unknown as ChunkIndex;
    const services = { database, changes: new StoredChanges(), index } as unknown as Lane['services'];
    const fresh = new FreshChunks();
    const lane: Lane = {
      services,
      context,
      scope: { tenantId: context.tenantId, collectionId, embedderId: 'e', dimensions: 1 },
      texts: { terms: async () => new Map() } as unknown as Lane['texts'],
      fresh,
      looks: new StoreLooks(),
      mayExist: () => false,
      exclusive: (work) => work(),
      written: () => undefined,
      worded: () => undefined,
      recordWords: async () => undefined,
      signal: new AbortController().signal,
    };
    await storeVersion(test, collectionId);
    const waiting = { collectionId, waiting: 'text', after: null, limit: 10 } as const;
    const stored = await pendingChunks(services, context, waiting);
    await runTextLane(lane);
    fresh.offer(stored);
    await runTextLane(lane);
    expect(put.toSorted()).toEqual(stored.map(({ attributes }) => attributes.id).toSorted());
    await test.drop();
  });
});

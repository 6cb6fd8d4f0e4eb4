import type { TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';
import type { IngestServices } from '../services.ts';
import { QUEUE_AGAIN, QUEUED_FOR, WAITS_FOR_TEXT, WAITS_FOR_VECTOR } from './chunk-state.ts';
import type { Projector } from './projector.ts';

/** How many chunks of a collection are in which state. */
export interface ProjectionProgress {
  readonly chunks: number;
  /** In the text index. */
  readonly text: number;
  /** In the vector index too. */
  readonly vectors: number;
}

/** Chunks set back per transaction. */
const PAGE = 2000;

/**
 * Drops a collection's index and makes the projector build it again from the store; vectors are not made anew. The
 * chunks are set back before: interrupted in between, they are brought in again over what is there.
 */
export async function startReindex(
  parts: { readonly services: IngestServices; readonly projector: Projector },
  context: TenantContext,
  collectionId: string,
): Promise<void> {
  await parts.projector.rebuild({ context, collectionId }, async (scope) => {
    let after: string | null = '00000000-0000-0000-0000-000000000000';
    while (after !== null) after = await setBack(parts.services, context, { collectionId, after });
    await parts.services.index.drop(scope);
  });
}

/** @returns the last of the page, null at the end */
async function setBack(
  { database, changes }: IngestServices,
  context: TenantContext,
  from: { readonly collectionId: string; readonly after: string },
): Promise<string | null> {
  const parameters = [from.collectionId, from.after, PAGE];
  const [row] = await database.withTenant(context, (tx) => {
    changes.raise(from.collectionId);
    return tx.query<{ last: string | null }>(
      `with page as (select id, tenant_id, collection_id, version_id from chunks where collection_id = $1 and id > $2 order by id limit $3),
            set_back as (update chunks k set index_state = 0 from page where k.id = page.id and k.index_state <> 0),
            queued as (insert into index_queue (tenant_id, collection_id, waiting, version_id)
              select distinct tenant_id, collection_id, ${QUEUED_FOR.text}, version_id from page ${QUEUE_AGAIN})
       select max(id::text) as last from page`,
      parameters,
    );
  });
  return row?.last ?? null;
}

/** How far a collection's projection has come. */
export async function projectionProgress(
  database: Database,
  context: TenantContext,
  collectionId: string,
): Promise<ProjectionProgress> {
  const [row] = await database.withTenant(context, (tx) =>
    tx.query<ProjectionProgress & { stored: number; texted: number }>(
      `select count(*)::int as chunks, (count(*) filter (where ${WAITS_FOR_TEXT}))::int as stored,
              (count(*) filter (where ${WAITS_FOR_VECTOR}))::int as texted
         from chunks where collection_id = $1`,
      [collectionId],
    ),
  );
  if (row === undefined) return { chunks: 0, text: 0, vectors: 0 };
  return { chunks: row.chunks, text: row.chunks - row.stored, vectors: row.chunks - row.stored - row.texted };
}

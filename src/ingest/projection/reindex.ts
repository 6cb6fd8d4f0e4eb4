import type { TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';
import type { IngestServices } from '../services.ts';
import type { Projector } from './projector.ts';

/** How many chunks of a collection are in which state. */
export interface ProjectionProgress {
  readonly chunks: number;
  /** In the text index. */
  readonly text: number;
  /** In the vector index too. */
  readonly vectors: number;
}

/** Drops a collection's index and makes the projector build it again from the store; vectors are not made anew. */
export async function startReindex(
  parts: { readonly services: IngestServices; readonly projector: Projector },
  context: TenantContext,
  collectionId: string,
): Promise<void> {
  await parts.projector.exclusive({ context, collectionId }, async (scope) => {
    await parts.services.index.drop(scope);
    await parts.services.database.withTenant(context, (tx) =>
      tx.query('update chunks set index_state = 0 where collection_id = $1 and index_state > 0', [collectionId]),
    );
  });
}

/** How far a collection's projection has come. */
export async function projectionProgress(
  database: Database,
  context: TenantContext,
  collectionId: string,
): Promise<ProjectionProgress> {
  const [row] = await database.withTenant(context, (tx) =>
    tx.query<ProjectionProgress & { stored: number; texted: number }>(
      `select (select count(*)::int from chunks where collection_id = $1) as chunks,
              (select count(*)::int from chunks where collection_id = $1 and index_state < 2 and index_state = 0) as stored,
              (select count(*)::int from chunks where collection_id = $1 and index_state < 2 and index_state = 1) as texted`,
      [collectionId],
    ),
  );
  if (row === undefined) return { chunks: 0, text: 0, vectors: 0 };
  return { chunks: row.chunks, text: row.chunks - row.stored, vectors: row.chunks - row.stored - row.texted };
}

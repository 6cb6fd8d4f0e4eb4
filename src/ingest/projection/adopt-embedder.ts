import type { TenantContext } from '../../base/index.ts';
import { checkChunking } from '../chunk/index.ts';
import type { Collection } from '../collections/collections.ts';
import { forgetCollections } from '../collections/known-collections.ts';
import type { IngestServices } from '../services.ts';
import type { Projector } from './projector.ts';
import { startReindex } from './reindex.ts';

/**
 * Makes a collection that was indexed with another embedder ready for this one: the old index goes, the new one is
 * built from the store. Vectors of the two never mix.
 * @throws ChunkingTooLarge when the collection's chunks do not fit this embedder's window
 */
export async function adoptEmbedder(
  parts: { readonly services: IngestServices; readonly projector: Projector },
  context: TenantContext,
  collection: Collection,
): Promise<void> {
  const { services, projector } = parts;
  const { id: embedderId, dimensions, maxTokens } = services.embedder;
  checkChunking(collection.settings.chunking, maxTokens);
  const known = collection.settings.embedder;
  if (known?.id === embedderId) return;
  if (known !== null) {
    await projector.exclusive({ context, collectionId: collection.id }, (scope) =>
      services.index.drop({ ...scope, embedderId: known.id, dimensions: known.dimensions }),
    );
    await startReindex(parts, context, collection.id);
  }
  const embedder = JSON.stringify({ embedder: { id: embedderId, dimensions } });
  await services.database.withTenant(context, (tx) =>
    tx.query('update collections set settings = settings || $2::jsonb where id = $1', [collection.id, embedder]),
  );
  forgetCollections(services.database);
}

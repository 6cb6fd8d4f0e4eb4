import { forEachConcurrent } from '../../base/index.ts';
import type { VectorEntry } from '../../retrieval/index.ts';
import { type Lane, putChunks } from './lane-services.ts';
import {
  advanceChunks,
  type PendingChunk,
  type PendingPlace,
  pendingChunks,
  placeOf,
  rereadChunks,
} from './pending-chunks.ts';
import { storedVectors, storeVectors } from './stored-vectors.ts';

/** Chunks embedded together. */
const BATCH = 256;

/** Batches in flight: while one is written, the embedder already has the next. */
const IN_FLIGHT = 3;

/** Brings chunks that are in the text index into the vector index until none waits. */
export async function runVectorLane(lane: Lane): Promise<void> {
  for (;;) {
    let moved = 0;
    await forEachConcurrent(waiting(lane), IN_FLIGHT, async (batch) => {
      const written = await projectVectorBatch(lane, batch);
      lane.written('vectors', written);
      moved += written;
    });
    if (moved === 0) return;
  }
}

/** Pages through the chunks that wait, once. */
async function* waiting(lane: Lane): AsyncGenerator<PendingChunk[]> {
  let after: PendingPlace | null = null;
  for (;;) {
    lane.signal.throwIfAborted();
    const batch: PendingChunk[] = await pendingChunks(lane.services.database, lane.context, {
      collectionId: lane.scope.collectionId,
      waiting: 'vector',
      after,
      limit: BATCH,
    });
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    after = placeOf(last);
  }
}

async function projectVectorBatch(lane: Lane, batch: readonly PendingChunk[]): Promise<number> {
  const { services, context, scope } = lane;
  const vectors = await vectorsOf(lane, batch);
  return await lane.exclusive(async () => {
    const current = await rereadChunks(services.database, context, batch);
    const ready = current.filter((chunk) => vectors.has(chunk.embeddingKey));
    await putChunks(lane, ready, {
      entryOf: (chunk): VectorEntry => ({
        ...chunk.attributes,
        vector: vectors.get(chunk.embeddingKey) ?? new Float32Array(),
      }),
      into: (entries, mayExist) => services.index.putVectors(scope, entries, { mayExist }),
    });
    const { collectionId } = scope;
    await advanceChunks(services.database, context, { collectionId, waiting: 'vector', chunks: ready });
    return ready.length;
  });
}

/** Vectors by embedding key: known ones from the store, the others made now and kept. */
async function vectorsOf(lane: Lane, batch: readonly PendingChunk[]): Promise<Map<string, Float32Array>> {
  const { services, context, scope } = lane;
  const keys = [...new Set(batch.map((chunk) => chunk.embeddingKey))];
  const known = await storedVectors(services.database, context, { embedderId: scope.embedderId, keys });
  const missing = new Map<string, PendingChunk>();
  for (const chunk of batch) if (!known.has(chunk.embeddingKey)) missing.set(chunk.embeddingKey, chunk);
  if (missing.size === 0) return known;
  const texts = await lane.texts.embedded(context, [...missing.values()]);
  const made = await services.embedder.embed(texts, { purpose: 'document', signal: lane.signal });
  const fresh = new Map<string, Float32Array>();
  for (const [i, key] of [...missing.keys()].entries()) {
    const vector = made[i];
    if (vector !== undefined) fresh.set(key, vector);
  }
  const chunkIds = [...missing.values()].map((chunk) => chunk.attributes.id);
  await storeVectors(services.database, context, { embedderId: scope.embedderId, vectors: fresh, chunkIds });
  return new Map([...known, ...fresh]);
}

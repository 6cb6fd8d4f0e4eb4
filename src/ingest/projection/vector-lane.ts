import { forEachConcurrent } from '../../base/index.ts';
import type { VectorEntry } from '../../retrieval/index.ts';
import { INDEX_STATE } from '../../store/index.ts';
import type { Lane } from './lane-services.ts';
import { advanceChunks, type PendingChunk, pendingChunks, rereadChunks } from './pending-chunks.ts';
import { storedVectors, storeVectors } from './stored-vectors.ts';

/** Chunks embedded together. */
const BATCH = 256;

/** Batches in flight: while one is written, the embedder already has the next. */
const IN_FLIGHT = 3;

/**
 * Brings chunks that are in the text index into the vector index until none waits.
 * @returns how many it brought
 */
export async function runVectorLane(lane: Lane): Promise<number> {
  let total = 0;
  for (;;) {
    let moved = 0;
    await forEachConcurrent(waiting(lane), IN_FLIGHT, async (batch) => {
      moved += await projectVectorBatch(lane, batch);
    });
    total += moved;
    if (moved === 0) return total;
  }
}

/** Pages through the chunks that wait, once. */
async function* waiting(lane: Lane): AsyncGenerator<PendingChunk[]> {
  let after: string | null = null;
  for (;;) {
    lane.signal.throwIfAborted();
    const batch: PendingChunk[] = await pendingChunks(lane.services.database, lane.context, {
      collectionId: lane.scope.collectionId,
      state: INDEX_STATE.text,
      after,
      limit: BATCH,
    });
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    after = last.attributes.id;
  }
}

async function projectVectorBatch(lane: Lane, batch: readonly PendingChunk[]): Promise<number> {
  const { services, context, scope } = lane;
  const vectors = await vectorsOf(lane, batch);
  return await lane.exclusive(async () => {
    const ids = batch.map((chunk) => chunk.attributes.id);
    const current = await rereadChunks(services.database, context, { ids, state: INDEX_STATE.text });
    const entries = current.flatMap((chunk): VectorEntry[] => {
      const vector = vectors.get(chunk.embeddingKey);
      return vector === undefined ? [] : [{ ...chunk.attributes, vector }];
    });
    await services.index.putVectors(scope, entries, { mayExist: lane.mayExist() });
    const done = entries.map((entry) => entry.id);
    await advanceChunks(services.database, context, { ids: done, from: INDEX_STATE.text, to: INDEX_STATE.vector });
    return done.length;
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
  await storeVectors(services.database, context, { embedderId: scope.embedderId, vectors: fresh });
  return new Map([...known, ...fresh]);
}

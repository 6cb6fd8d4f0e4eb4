import { forEachConcurrent, ownTurn } from '../../base/index.ts';
import type { VectorEntry } from '../../retrieval/index.ts';
import type { WordedBatch } from './fresh-chunks.ts';
import { type Lane, putChunks } from './lane-services.ts';
import { type PendingChunk, type PendingPlace, pendingChunks, placeOf, chunksAsTheyAre } from './pending-chunks.ts';
import { recordVectors } from './record-steps.ts';
import { type MadeVectors, storedVectors, storeVectors } from './stored-vectors.ts';

/** Chunks embedded together. */
const BATCH = 256;

/** Batches in flight: while one is written, the embedder already has the next. */
const IN_FLIGHT = 3;

/** Brings chunks whose words are indexed into the vector index until none waits: those in memory first. */
export async function runVectorLane(lane: Lane): Promise<void> {
  do {
    await forEachConcurrent(freshBatches(lane), IN_FLIGHT, (batch) => indexFreshVectors(lane, batch));
    if (lane.looks.takeLook('vector')) await indexStoredVectors(lane);
  } while (lane.looks.isDue('vector'));
}

function* freshBatches(lane: Lane): Generator<WordedBatch> {
  for (;;) {
    lane.signal.throwIfAborted();
    const batch = lane.fresh.takeForVectors();
    if (batch === null) return;
    yield batch;
  }
}

async function indexFreshVectors(lane: Lane, batch: WordedBatch): Promise<void> {
  const written = await indexVectors(lane, () => batch.chunks);
  lane.fresh.done(batch);
  lane.written('vectors', written);
}

async function indexStoredVectors(lane: Lane): Promise<void> {
  for (;;) {
    let moved = 0;
    await forEachConcurrent(storedPages(lane), IN_FLIGHT, async (page) => {
      const written = await indexVectors(lane, () => page);
      lane.services.changes.raise(lane.scope.collectionId); // some of them may be in memory, too
      lane.written('vectors', written);
      moved += written;
    });
    if (moved === 0) return;
  }
}

/** Pages through the chunks that wait, once. */
async function* storedPages(lane: Lane): AsyncGenerator<PendingChunk[]> {
  let after: PendingPlace | null = null;
  for (;;) {
    lane.signal.throwIfAborted();
    const page: PendingChunk[] = await pendingChunks(lane.services, lane.context, {
      collectionId: lane.scope.collectionId,
      waiting: 'vector',
      after,
      limit: BATCH,
    });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = placeOf(last);
  }
}

/** @param chunksNow how far the store knows them to be may change while they are embedded */
async function indexVectors(lane: Lane, chunksNow: () => readonly PendingChunk[]): Promise<number> {
  const { services, context, scope } = lane;
  const { collectionId } = scope;
  const { known, made } = await vectorsOf(lane, chunksNow());
  return await lane.exclusive(async () => {
    const current = await chunksAsTheyAre(services, context, { collectionId, chunks: chunksNow() });
    try {
      await putVectors(lane, current, (key) => known.get(key) ?? made.vectors.get(key));
    } catch (error) {
      // They may have cost money: what was made is kept even when it cannot be indexed now.
      await storeVectors(services.database, context, made);
      throw error;
    }
    await ownTurn();
    await recordVectors(services.database, context, { collectionId, chunks: current, made });
    return current.length;
  });
}

async function putVectors(
  lane: Lane,
  chunks: readonly PendingChunk[],
  vectorOf: (embeddingKey: string) => Float32Array | undefined,
): Promise<void> {
  await putChunks(lane, chunks, {
    entryOf: (chunk): VectorEntry => ({
      ...chunk.attributes,
      vector: vectorOf(chunk.embeddingKey) ?? new Float32Array(),
    }),
    into: (entries, mayExist) => lane.services.index.putVectors(lane.scope, entries, { mayExist }),
  });
}

/** Vectors by embedding key: known ones from the store, the others made now. */
async function vectorsOf(
  lane: Lane,
  batch: readonly PendingChunk[],
): Promise<{ known: ReadonlyMap<string, Float32Array>; made: MadeVectors }> {
  const { services, context, scope } = lane;
  const { embedderId } = scope;
  const keys = [...new Set(batch.map((chunk) => chunk.embeddingKey))];
  const known = await storedVectors(services.database, context, { embedderId, keys });
  const missing = new Map<string, PendingChunk>();
  for (const chunk of batch) if (!known.has(chunk.embeddingKey)) missing.set(chunk.embeddingKey, chunk);
  const vectors = new Map<string, Float32Array>();
  if (missing.size === 0) return { known, made: { embedderId, vectors, chunkIds: [] } };
  const texts = await lane.texts.embedded(context, [...missing.values()]);
  await ownTurn();
  const embedded = await services.embedder.embed(texts, { purpose: 'document', signal: lane.signal });
  for (const [i, key] of [...missing.keys()].entries()) {
    const vector = embedded[i];
    if (vector !== undefined) vectors.set(key, vector);
  }
  const chunkIds = [...missing.values()].map((chunk) => chunk.attributes.id);
  return { known, made: { embedderId, vectors, chunkIds } };
}

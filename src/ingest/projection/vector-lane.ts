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
  const writing = new VectorWriting(lane);
  do {
    await forEachConcurrent(freshBatches(lane), IN_FLIGHT, (batch) => indexFreshVectors(writing, batch));
    if (lane.looks.takeLook('vector')) await indexStoredVectors(writing);
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

async function indexFreshVectors(writing: VectorWriting, batch: WordedBatch): Promise<void> {
  const { lane } = writing;
  const written = await indexVectors(writing, () => batch.chunks);
  lane.fresh.done(batch);
  lane.written('vectors', written);
}

async function indexStoredVectors(writing: VectorWriting): Promise<void> {
  const { lane } = writing;
  for (;;) {
    let moved = 0;
    await forEachConcurrent(storedPages(lane), IN_FLIGHT, async (page) => {
      const written = await indexVectors(writing, () => page);
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
async function indexVectors(writing: VectorWriting, chunksNow: () => readonly PendingChunk[]): Promise<number> {
  const { known, made } = await vectorsOf(writing.lane, chunksNow());
  return await writing.write({ chunksNow, known, made });
}

/** Chunks with their vectors. */
interface EmbeddedBatch {
  readonly chunksNow: () => readonly PendingChunk[];
  /** From the store, by embedding key. */
  readonly known: ReadonlyMap<string, Float32Array>;
  readonly made: MadeVectors;
}

/** Writes batches whose vectors are there; those that come while others are being written then go together. */
class VectorWriting {
  readonly lane: Lane;
  #ready: { readonly batch: EmbeddedBatch; readonly written: PromiseWithResolvers<number> }[] = [];

  constructor(lane: Lane) {
    this.lane = lane;
  }

  /** @returns how many of the batch's chunks were written */
  async write(batch: EmbeddedBatch): Promise<number> {
    const written = Promise.withResolvers<number>();
    written.promise.catch(() => undefined); // it may fail in another batch's turn, before anybody waits for it
    this.#ready.push({ batch, written });
    await this.lane.exclusive(() => this.#writeReady());
    return await written.promise;
  }

  /** Nothing to do: the batch whose turn this is was written with those before. */
  async #writeReady(): Promise<void> {
    const ready = this.#ready.splice(0);
    if (ready.length === 0) return;
    try {
      const ids = await writeTogether(
        this.lane,
        ready.map(({ batch }) => batch),
      );
      for (const { batch, written } of ready)
        written.resolve(batch.chunksNow().filter((chunk) => ids.has(chunk.attributes.id)).length);
    } catch (error) {
      for (const { written } of ready) written.reject(error);
    }
  }
}

/** @returns the ids of the chunks written */
async function writeTogether(lane: Lane, batches: readonly EmbeddedBatch[]): Promise<ReadonlySet<string>> {
  const { services, context, scope } = lane;
  const { collectionId } = scope;
  const made = together(batches.map((batch) => batch.made));
  const vectors = [made.vectors, ...batches.map((batch) => batch.known)];
  const chunks = batches.flatMap((batch) => batch.chunksNow());
  const current = await chunksAsTheyAre(services, context, { collectionId, chunks });
  try {
    await putVectors(lane, current, (key) => vectors.find((some) => some.has(key))?.get(key));
  } catch (error) {
    // They may have cost money: what was made is kept even when it cannot be indexed now.
    await storeVectors(services.database, context, made);
    throw error;
  }
  await ownTurn();
  await recordVectors(services.database, context, { collectionId, chunks: current, made });
  return new Set(current.map((chunk) => chunk.attributes.id));
}

/** Vectors of several batches, each once. */
function together(all: readonly MadeVectors[]): MadeVectors {
  const vectors = new Map<string, Float32Array>();
  const chunkIds: string[] = [];
  for (const made of all) {
    for (const [i, [key, vector]] of [...made.vectors].entries()) {
      const chunkId = made.chunkIds[i];
      if (vectors.has(key) || chunkId === undefined) continue;
      vectors.set(key, vector);
      chunkIds.push(chunkId);
    }
  }
  return { embedderId: all[0]?.embedderId ?? '', vectors, chunkIds };
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

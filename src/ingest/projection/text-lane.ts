import type { TextEntry } from '../../retrieval/index.ts';
import { type Lane, putChunks } from './lane-services.ts';
import { type PendingChunk, type PendingPlace, pendingChunks, placeOf, chunksAsTheyAre } from './pending-chunks.ts';
import { recordWords } from './record-steps.ts';

/** Chunks read from the store at once. */
const BATCH = 512;
/** Chunks in memory per write. While fewer wait, writes are spaced: one costs 10 ms of processor, however few it brings. */
export const FRESH_BATCH = 1024;

/** Brings stored chunks into the text index until none waits: those in memory first, then what the store knows of. */
export async function runTextLane(lane: Lane): Promise<void> {
  do {
    await indexFreshWords(lane);
    if (lane.looks.takeLook('text')) await indexStoredWords(lane);
  } while (lane.looks.isDue('text'));
}

async function indexFreshWords(lane: Lane): Promise<void> {
  for (;;) {
    lane.signal.throwIfAborted();
    if (lane.fresh.waitingForWords === 0) return;
    if (lane.fresh.waitingForWords < FRESH_BATCH) await lane.wordsPace.turn(lane.signal);
    const chunks = lane.fresh.takeForWords(FRESH_BATCH);
    lane.written('text', await lane.exclusive(() => indexFreshBatch(lane, chunks)));
    lane.worded();
  }
}

/** What they say is in memory; whether they are still what is stored is not. */
async function indexFreshBatch(lane: Lane, chunks: readonly PendingChunk[]): Promise<number> {
  const { services, context, scope, fresh, looks } = lane;
  const { collectionId } = scope;
  const current = await chunksAsTheyAre(services, context, { collectionId, chunks });
  await putWords(lane, current);
  if (fresh.worded(current)) return current.length;
  await recordWords(services.database, context, { collectionId, chunks: current });
  looks.lookAgain('vector');
  return current.length;
}

async function indexStoredWords(lane: Lane): Promise<void> {
  await lane.recordWords();
  lane.looks.lookAgain('vector');
  let after: PendingPlace | null = null;
  for (;;) {
    lane.signal.throwIfAborted();
    const from: PendingPlace | null = after;
    const moved: readonly PendingChunk[] = await lane.exclusive(() => indexStoredPage(lane, from));
    lane.written('text', moved.length);
    const last = moved.at(-1);
    if (last === undefined) return;
    if (moved.length < BATCH) return;
    after = placeOf(last);
  }
}

async function indexStoredPage(lane: Lane, after: PendingPlace | null): Promise<readonly PendingChunk[]> {
  const { services, context, scope } = lane;
  const { collectionId } = scope;
  const waiting = { collectionId, waiting: 'text', after, limit: BATCH } as const;
  const chunks = await pendingChunks(services, context, waiting);
  if (chunks.length === 0) return chunks;
  await putWords(lane, chunks);
  await recordWords(services.database, context, { collectionId, chunks });
  services.changes.raise(collectionId); // some of them may be in memory, too
  return chunks;
}

async function putWords(lane: Lane, chunks: readonly PendingChunk[]): Promise<void> {
  const { services, context, scope } = lane;
  const terms = await lane.texts.terms(context, chunks);
  await putChunks(lane, chunks, {
    entryOf: (chunk): TextEntry => ({ ...chunk.attributes, terms: terms.get(chunk.attributes.id) ?? '' }),
    into: (entries, mayExist) => services.index.putText(scope, entries, { mayExist }),
  });
}

import type { TextEntry } from '../../retrieval/index.ts';
import { type Lane, putChunks } from './lane-services.ts';
import { advanceChunks, type PendingChunk, type PendingPlace, pendingChunks, placeOf } from './pending-chunks.ts';

/** Chunks per write: large enough to be cheap, small enough to be found within a second. */
const BATCH = 500;

/** Brings stored chunks into the text index until none waits. */
export async function runTextLane(lane: Lane): Promise<void> {
  let after: PendingPlace | null = null;
  for (;;) {
    lane.signal.throwIfAborted();
    const from: PendingPlace | null = after;
    const moved: readonly PendingChunk[] = await lane.exclusive(() => projectTextBatch(lane, from));
    lane.written('text', moved.length);
    const last = moved.at(-1);
    if (last === undefined || moved.length < BATCH) return;
    after = placeOf(last);
  }
}

async function projectTextBatch(lane: Lane, after: PendingPlace | null): Promise<readonly PendingChunk[]> {
  const { services, context, scope } = lane;
  const { collectionId } = scope;
  const waiting = { collectionId, waiting: 'text', after, limit: BATCH } as const;
  const chunks = await pendingChunks(services.database, context, waiting);
  if (chunks.length === 0) return chunks;
  const terms = await lane.texts.terms(context, chunks);
  await putChunks(lane, chunks, {
    entryOf: (chunk): TextEntry => ({ ...chunk.attributes, terms: terms.get(chunk.attributes.id) ?? '' }),
    into: (entries, mayExist) => services.index.putText(scope, entries, { mayExist }),
  });
  await advanceChunks(services.database, context, { collectionId, waiting: 'text', chunks });
  return chunks;
}

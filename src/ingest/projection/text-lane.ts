import type { TextEntry } from '../../retrieval/index.ts';
import { type Lane, putChunks } from './lane-services.ts';
import { advanceChunks, pendingChunks } from './pending-chunks.ts';

/** Chunks per write: large enough to be cheap, small enough to be found within a second. */
const BATCH = 500;

/** Brings stored chunks into the text index until none waits. */
export async function runTextLane(lane: Lane): Promise<void> {
  for (;;) {
    lane.signal.throwIfAborted();
    const moved = await lane.exclusive(() => projectTextBatch(lane));
    lane.written('text', moved);
    if (moved < BATCH) return;
  }
}

async function projectTextBatch(lane: Lane): Promise<number> {
  const { services, context, scope } = lane;
  const { collectionId } = scope;
  const waiting = { collectionId, waiting: 'text', after: null, limit: BATCH } as const;
  const chunks = await pendingChunks(services.database, context, waiting);
  if (chunks.length === 0) return 0;
  const terms = await lane.texts.terms(context, chunks);
  await putChunks(lane, chunks, {
    entryOf: (chunk): TextEntry => ({ ...chunk.attributes, terms: terms.get(chunk.attributes.id) ?? '' }),
    into: (entries, mayExist) => services.index.putText(scope, entries, { mayExist }),
  });
  await advanceChunks(services.database, context, chunks);
  return chunks.length;
}

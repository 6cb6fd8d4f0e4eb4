import type { TextEntry } from '../../retrieval/index.ts';
import { INDEX_STATE } from '../../store/index.ts';
import type { Lane } from './lane-services.ts';
import { advanceChunks, pendingChunks } from './pending-chunks.ts';

/** Chunks per write: large enough to be cheap, small enough to be found within a second. */
const BATCH = 500;

/** Un-indexed rows that make a text search noticeably slower (about 10 ms per 1,000, LanceDB 0.39). */
const OPTIMISE_AFTER = 4_000;

/**
 * Brings stored chunks into the text index until none waits.
 * @returns how many it brought
 */
export async function runTextLane(lane: Lane): Promise<number> {
  let moved = 0;
  let sinceOptimise = 0;
  for (;;) {
    lane.signal.throwIfAborted();
    const batch = await lane.exclusive(() => projectTextBatch(lane));
    moved += batch;
    sinceOptimise += batch;
    if (batch > 0 && sinceOptimise >= OPTIMISE_AFTER) {
      await lane.services.index.optimise(lane.scope);
      sinceOptimise = 0;
    }
    if (batch < BATCH) return moved;
  }
}

async function projectTextBatch(lane: Lane): Promise<number> {
  const { services, context, scope } = lane;
  const chunks = await pendingChunks(services.database, context, {
    collectionId: scope.collectionId,
    state: INDEX_STATE.stored,
    after: null,
    limit: BATCH,
  });
  if (chunks.length === 0) return 0;
  const terms = await lane.texts.terms(context, chunks);
  const entries: TextEntry[] = chunks.map((chunk, i) => ({ ...chunk.attributes, terms: terms[i] ?? '' }));
  await services.index.putText(scope, entries, { mayExist: lane.mayExist() });
  await advanceChunks(services.database, context, {
    ids: chunks.map((chunk) => chunk.attributes.id),
    from: INDEX_STATE.stored,
    to: INDEX_STATE.text,
  });
  return chunks.length;
}

import type { TenantContext } from '../../base/index.ts';
import { binaryArray, type Database, INDEX_STATE } from '../../store/index.ts';
import { QUEUE_AGAIN, QUEUED_FOR, stateAfter, WAITS, type Waiting, waitsFor } from './chunk-state.ts';
import type { PendingChunk } from './pending-chunks.ts';
import { KEEP_VECTORS, keepingParameters, type MadeVectors } from './stored-vectors.ts';

/** Chunks that took a step, in the state they were read in. */
export interface Step {
  readonly collectionId: string;
  readonly chunks: readonly PendingChunk[];
}

/**
 * Moves on the chunks that are as they were read; versions none of whose chunks waits any more leave the queue. Not
 * one that another process queues at this moment: the row it then holds has another ticket than the one seen here.
 */
const moved = (waiting: Waiting): string => `
with moved as (
  update chunks set index_state = $3 where id = any($1::uuid[]) and index_state = $2
  returning id, tenant_id, collection_id, version_id),
done as (
  delete from index_queue q
   where q.collection_id = $4 and q.waiting = ${QUEUED_FOR[waiting]} and q.version_id = any($5::uuid[])
     and q.ticket = (select ticket from index_queue
                      where collection_id = $4 and waiting = ${QUEUED_FOR[waiting]} and version_id = q.version_id)
     and not exists (select from chunks k where k.version_id = q.version_id and ${WAITS[waiting]}
                        and k.id not in (select id from moved)))`;

const WORDS = `${moved('text')},
queued as (
  insert into index_queue (tenant_id, collection_id, waiting, version_id)
  select distinct tenant_id, collection_id, ${QUEUED_FOR.vector}, version_id from moved ${QUEUE_AGAIN})
select`;

/** Of a chunk deleted meanwhile nothing is kept: it did not move. */
const VECTORS = {
  text: `${moved('text')} ${KEEP_VECTORS('moved', 6)}`,
  vector: `${moved('vector')} ${KEEP_VECTORS('moved', 6)}`,
} as const;

/** Records that the words of chunks are indexed. Those deleted or changed since they were read are passed over. */
export async function recordWords(database: Database, context: TenantContext, step: Step): Promise<void> {
  if (step.chunks.length === 0) return;
  for (const [state, group] of byState(step.chunks))
    await database.writeTenant(context, WORDS, movingParameters(step, { from: state, to: stateAfter(state), group }));
}

/**
 * Records that words and vectors of chunks are indexed, and keeps the vectors just made. Chunks deleted or changed
 * since they were read are passed over.
 */
export async function recordVectors(
  database: Database,
  context: TenantContext,
  step: Step & { readonly made: MadeVectors },
): Promise<void> {
  if (step.chunks.length === 0) return;
  for (const [state, group] of byState(step.chunks)) await recordGroup(database, context, { step, state, group });
}

async function recordGroup(
  database: Database,
  context: TenantContext,
  work: {
    readonly step: Step & { made: MadeVectors };
    readonly state: number;
    readonly group: readonly PendingChunk[];
  },
): Promise<void> {
  const { step, state, group } = work;
  const parameters = movingParameters(step, { from: state, to: INDEX_STATE.vector, group });
  const keeping = keepingParameters(context, step.made);
  await database.writeTenant(context, VECTORS[waitsFor(state) ?? 'vector'], [...parameters, ...keeping]);
}

function movingParameters(
  step: Step,
  moving: { readonly from: number; readonly to: number; readonly group: readonly PendingChunk[] },
): unknown[] {
  const ids = moving.group.map((chunk) => chunk.attributes.id);
  const versions = [...new Set(moving.group.map((chunk) => chunk.attributes.versionId))];
  const arrays = { ids: binaryArray('uuid', ids), versions: binaryArray('uuid', versions) };
  return [arrays.ids, moving.from, moving.to, step.collectionId, arrays.versions];
}

function byState(chunks: readonly PendingChunk[]): Map<number, PendingChunk[]> {
  return Map.groupBy(chunks, (chunk) => chunk.state);
}

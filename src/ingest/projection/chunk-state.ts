import { INDEX_STATE } from '../../store/index.ts';

/*
 * How far a chunk has come is one number, `chunks.index_state`: 0 stored, 1 its words are indexed, 2 its vector too.
 * When facts beside the text change (tags, access list), entries of an earlier round are in the index and must be
 * replaced, even if another process writes the index: the chunk begins a new round below zero. Even: its words wait;
 * odd: its vector waits; each round has numbers of its own, so that a step taken with the facts of an earlier round
 * finds the number changed and does not count.
 */

/** What a version in `index_queue` waits for. */
export const QUEUED_FOR = { text: 0, vector: 1 } as const;

/** SQL: what to do when the version is in the queue already; its new ticket keeps it there. */
export const QUEUE_AGAIN = `
  on conflict (tenant_id, collection_id, waiting, version_id) do update set ticket = excluded.ticket`;

/** SQL: the chunk's words wait to be indexed. */
export const WAITS_FOR_TEXT = 'index_state <= 0 and index_state % 2 = 0';

/** SQL: the chunk's words are indexed, its vector is not. */
export const WAITS_FOR_VECTOR = `index_state < ${INDEX_STATE.vector} and index_state % 2 <> 0`;

/** SQL: the chunk waits for this. */
export const WAITS = { text: WAITS_FOR_TEXT, vector: WAITS_FOR_VECTOR } as const;

/** SQL: the chunk's words are indexed. */
export const HAS_TEXT = `(index_state > ${INDEX_STATE.stored} or index_state % 2 <> 0)`;

/** SQL: the first number of the next round. */
export const NEXT_ROUND = '(least(index_state, 0) & ~1) - 2';

/** What a chunk waits for. */
export type Waiting = 'text' | 'vector';

/** The state after the step a chunk waited for. */
export function stateAfter(state: number): number {
  return waitsFor(state) === 'text' ? state + 1 : INDEX_STATE.vector;
}

/** What a chunk in this state waits for; null: nothing. */
export function waitsFor(state: number): Waiting | null {
  if (state >= INDEX_STATE.vector) return null;
  return state % 2 === 0 ? 'text' : 'vector';
}

/** Whether entries of an earlier round may be in the index. */
export function isReplacing(state: number): boolean {
  return state < 0;
}

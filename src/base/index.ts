/**
 * What every other folder stands on: errors with codes, ids, the clock, bounded concurrency, turns of the event loop, the
 * tenant context.
 * Never does I/O and imports nothing of ours. Start with `error.ts` and `tenant-context.ts`.
 */
export { type Clock, systemClock } from './clock.ts';
export { forEachConcurrent, SerialQueue } from './concurrency.ts';
export {
  type ErrorKind,
  type ErrorParts,
  fromUnknown,
  OperationAborted,
  OperationTimedOut,
  PlumblineError,
} from './error.ts';
export { chunkIdOf, isId, type NewId, newId } from './ids.ts';
export { siblingModule } from './sibling-module.ts';
export { EVERYONE, type TenantContext } from './tenant-context.ts';
export { inTurns, ownTurn } from './turns.ts';
export { WordFacts, WordTable } from './word-table.ts';

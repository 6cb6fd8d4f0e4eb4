import { type Clock, fromUnknown } from '../base/index.ts';
import type { Database } from '../store/index.ts';
import type { Log } from '../telemetry/index.ts';
import { pruneQueryLog } from './query-log/prune-query-log.ts';
import { pruneStreams } from './stream/prune-streams.ts';

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 3_600_000;

/**
 * Deletes what is older than it is kept (events of answers, logged searches) a minute from now and every hour.
 * @returns stops it, and waits for what is under way
 */
export function keepPruned(services: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Null: searches are not logged, and those that were go. */
  readonly queryLog: object | null;
}): () => Promise<void> {
  const { database, clock, log, queryLog } = services;
  let working: Promise<unknown> = Promise.resolve();
  const failed = (error: unknown): void => {
    log.warn('What is older than it is kept could not be deleted.', { error: fromUnknown(error).message });
  };
  const prune = (): void => {
    const isKept = queryLog !== null;
    working = Promise.all([
      pruneStreams(database, clock).catch(failed),
      pruneQueryLog(database, clock, isKept).catch(failed),
    ]);
    timer = setTimeout(prune, EVERY_MS).unref();
  };
  let timer = setTimeout(prune, FIRST_AFTER_MS).unref();
  return async () => {
    clearTimeout(timer);
    await working;
  };
}

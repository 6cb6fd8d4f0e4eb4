import { setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/** Niceness of threads that store: a tenth of the processor's time of one that answers, where both want it. */
const NICENESS = 10;

/**
 * Lets the thread that calls it give way to the main thread, which must answer within milliseconds even when all
 * processors are taken. On Linux only: elsewhere a priority belongs to the whole process. Never on the main thread.
 */
export function giveWay(): void {
  if (process.platform !== 'linux' || isMainThread) return;
  try {
    setPriority(NICENESS);
  } catch {
    // A system that forbids it is as it would be without.
  }
}

import { OperationAborted } from '../../base/index.ts';
import { CallDeadlineExceeded } from './errors.ts';

/** The end of a call: the caller's signal or the deadline, whichever is first. */
export interface CallEnd {
  /** Fires with a {@link CallDeadlineExceeded} or an `operation.aborted`. */
  readonly signal: AbortSignal;
  /** ms until the deadline, ≥ 0. */
  leftMs(): number;
  /** Stops everything that is still going on; used when a reader leaves. */
  abort(): void;
  /** Frees timer and listener; an end that has come has freed them already. Call it when the call has ended. */
  dispose(): void;
}

/** @param given what the request says */
export function callEnd(task: string, deadlineMs: number, given: AbortSignal | undefined): CallEnd {
  const controller = new AbortController();
  const startedAt = performance.now();
  const end = (reason: Error): void => {
    dispose();
    controller.abort(reason);
  };
  const abort = (): void => end(new OperationAborted(`The call for the task ${task}`));
  const timer = setTimeout(() => end(new CallDeadlineExceeded(task, deadlineMs)), deadlineMs);
  const dispose = (): void => {
    clearTimeout(timer);
    given?.removeEventListener('abort', abort);
  };
  if (given?.aborted === true) abort();
  else given?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    leftMs: () => Math.max(0, deadlineMs - (performance.now() - startedAt)),
    abort,
    dispose,
  };
}

/**
 * Who can do something about a failure:
 * - `retry`: nobody needs to; the same call may succeed later.
 * - `tell-model`: a model asked for something impossible and should be told.
 * - `caller`: the request is wrong; the caller must change it.
 * - `limit`: a budget, quota or cap was reached.
 * - `fatal`: the platform cannot go on without an operator.
 */
export type ErrorKind = 'retry' | 'tell-model' | 'caller' | 'limit' | 'fatal';

/** What a {@link PlumblineError} is made of. */
export interface ErrorParts {
  /** Stable, machine-readable, `noun.problem` (for example `document.not-found`). */
  readonly code: string;
  readonly kind: ErrorKind;
  /** Plain sentences: what was given, what was allowed, what to do. */
  readonly message: string;
  /** Facts a program may read. Never holds secrets or document text. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The one error family of the platform. Subclass it once per failure, next to where it is thrown.
 * Anything else that is thrown is a defect or comes from a library: see {@link fromUnknown}.
 */
export class PlumblineError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(parts: ErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = new.target.name;
    this.code = parts.code;
    this.kind = parts.kind;
    this.details = parts.details ?? {};
  }
}

/** A failure nobody named: a defect in our code or a library's own error. */
class InternalError extends PlumblineError {
  constructor(cause: unknown) {
    super({
      code: 'internal.unexpected',
      kind: 'fatal',
      message: `Something failed that should not have: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  }
}

/** The caller or a deadline stopped the work. */
export class OperationAborted extends PlumblineError {
  constructor(what: string, cause?: unknown) {
    super({ code: 'operation.aborted', kind: 'caller', message: `${what} was stopped before it finished.`, cause });
  }
}

/** A deadline passed. */
export class OperationTimedOut extends PlumblineError {
  constructor(what: string, timeoutMs: number) {
    super({
      code: 'operation.timed-out',
      kind: 'retry',
      message: `${what} took longer than the ${timeoutMs} ms it was given.`,
      details: { timeoutMs },
    });
  }
}

/**
 * Turns anything thrown into a {@link PlumblineError}, keeping it when it already is one.
 * @param thrown whatever a `catch` received
 */
export function fromUnknown(thrown: unknown): PlumblineError {
  if (thrown instanceof PlumblineError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') return new OperationAborted('The operation', thrown);
  return new InternalError(thrown);
}

import { PlumblineError } from '../../base/index.ts';
import type { SqlFailure } from './pglite-protocol.ts';

/** SQLSTATE classes that another attempt may cure: serialisation, deadlock, connection, resources, shutdown. */
const RETRYABLE = /^(40|08|53|57P)/;

/**
 * The database refused a statement. `details.sqlState` is the SQLSTATE (for example `23505` unique violation, `42501`
 * row-level security). The message is PostgreSQL's own and never holds parameters.
 */
export class SqlError extends PlumblineError {
  /** SQLSTATE, or null when the failure is not the database's. */
  readonly sqlState: string | null;

  constructor(failure: SqlFailure, cause?: unknown) {
    super({
      code: 'database.refused',
      kind: failure.sqlState !== null && RETRYABLE.test(failure.sqlState) ? 'retry' : 'fatal',
      message: `The database refused a statement: ${failure.message}`,
      details: { sqlState: failure.sqlState, constraint: failure.constraint },
      cause,
    });
    this.sqlState = failure.sqlState;
  }
}

/** Reads the fields PostgreSQL's drivers put on their errors. */
export function failureOf(error: unknown): SqlFailure {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    message: text(fields['message']) ?? String(error),
    sqlState: text(fields['code']),
    detail: text(fields['detail']),
    constraint: text(fields['constraint']),
  };
}

/** A statement had failed and its error was swallowed, so COMMIT rolled back. */
export class TransactionFailed extends PlumblineError {
  constructor() {
    super({
      code: 'transaction.failed',
      kind: 'fatal',
      message: 'A statement of this transaction failed earlier and the error was not passed on; nothing was stored.',
    });
  }
}

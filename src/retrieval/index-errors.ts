import { PlumblineError } from '../base/index.ts';

/** An id, a vector or a setting the index cannot take. */
export class IndexEntryInvalid extends PlumblineError {
  constructor(problem: string, details: Readonly<Record<string, unknown>> = {}) {
    super({
      code: 'index.invalid-entry',
      kind: 'caller',
      message: `The chunk index cannot take this: ${problem}.`,
      details,
    });
  }
}

/** The adapter failed; the index can be rebuilt from the store. */
export class IndexFailed extends PlumblineError {
  constructor(what: string, cause: unknown) {
    super({
      code: 'index.failed',
      kind: 'retry',
      message: `The chunk index failed to ${what}. Try again; if it goes on, rebuild it with "plumb reindex".`,
      cause,
    });
  }
}

import { type ErrorKind, PlumblineError } from '../../base/index.ts';

/** The answer being streamed failed. */
export class AnswerFailure extends PlumblineError {
  constructor(event: { readonly code: string; readonly kind: ErrorKind; readonly detail: string }) {
    super({ code: event.code, kind: event.kind, message: event.detail });
  }
}

/** The answer began anew and came to other words than those that were sent. */
export class AnswerChanged extends PlumblineError {
  constructor() {
    super({
      code: 'answer.restarted',
      kind: 'retry',
      message: 'The answer began anew and says something else than what was sent. Discard that, and ask again.',
    });
  }
}

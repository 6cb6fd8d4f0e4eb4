import { type ErrorKind, PlumblineError } from '../../base/index.ts';
import { printableName } from './printable-name.ts';

/** The root of a source, or an item listed a moment ago, is not there. */
export class SourceNotFound extends PlumblineError {
  constructor(path: string, expected: 'folder' | 'file', cause?: unknown) {
    super({
      code: 'source.not-found',
      kind: 'caller',
      message: `There is no ${expected} at “${printableName(path)}”. Nothing was changed. Check the path, or that its disk is mounted.`,
      details: { path, expected },
      cause,
    });
  }
}

/** A file or folder is there but the system refuses to read it. */
export class SourceUnreadable extends PlumblineError {
  constructor(path: string, why: string, cause?: unknown) {
    super({
      code: 'source.unreadable',
      kind: 'caller',
      message: `“${printableName(path)}” could not be read: ${why}.`,
      details: { path },
      cause,
    });
  }
}

/** A file kept changing while it was read. */
export class SourceChanging extends PlumblineError {
  constructor(path: string) {
    super({
      code: 'source.changing',
      kind: 'retry',
      message: `“${printableName(path)}” changed while it was read, twice. Ingest it again when whoever writes it is done.`,
      details: { path },
    });
  }
}

/** Larger than the cap. */
export class SourceTooLarge extends PlumblineError {
  constructor(name: string, given: number | null, maxBytes: number) {
    const size = given === null ? 'is larger' : `has ${given} bytes, more`;
    super({
      code: 'source.too-large',
      kind: 'limit',
      message: `“${printableName(name)}” ${size} than the ${maxBytes} bytes allowed. Split it, or raise PLUMB_MAX_FILE_MB.`,
      details: { name, bytes: given, maxBytes },
    });
  }
}

/** A pattern that cannot select anything sensible. */
export class SourceBadPattern extends PlumblineError {
  constructor(pattern: string, allowed: string) {
    super({
      code: 'source.bad-pattern',
      kind: 'caller',
      message: `The pattern “${printableName(pattern.slice(0, 80))}” is not usable. Allowed: ${allowed}.`,
      details: { allowed },
    });
  }
}

/** The platform refuses to go there. */
export class SourceBlocked extends PlumblineError {
  constructor(given: string, why: string, allowed: string) {
    super({
      code: 'source.blocked',
      kind: 'caller',
      message: `“${printableName(given)}” was not read: ${why}. Allowed: ${allowed}.`,
      details: { given, allowed },
    });
  }
}

/** No answer came from the address: no such name, no connection, a broken or refused conversation. */
export class SourceUnreachable extends PlumblineError {
  constructor(address: string, why: string, cause?: unknown) {
    super({
      code: 'source.unreachable',
      kind: 'retry',
      message: `“${printableName(address)}” could not be reached: ${printableName(why)}. Check the address and the network, then try again.`,
      details: { address },
      cause,
    });
  }
}

/** One of the time caps of a fetch passed. */
export class SourceTimedOut extends PlumblineError {
  constructor(address: string, doing: string, timeoutMs: number) {
    super({
      code: 'source.timed-out',
      kind: 'retry',
      message: `“${printableName(address)}” took too long: ${doing} was given ${timeoutMs} ms. Try again later.`,
      details: { address, timeoutMs },
    });
  }
}

/** The server answered, but not with the document. */
export class SourceHttpStatus extends PlumblineError {
  constructor(address: string, status: number) {
    const kind: ErrorKind = status === 429 || status >= 500 ? 'retry' : 'caller';
    const advice = kind === 'retry' ? 'Try again later' : 'Open the address in a browser to see what it needs';
    super({
      code: 'source.http-status',
      kind,
      message: `“${printableName(address)}” answered with HTTP status ${status}; only 200 carries a document. ${advice}.`,
      details: { address, status },
    });
  }
}

/** A sync would close suspiciously many documents at once. */
export class MassDeletion extends PlumblineError {
  constructor(known: number, missing: number) {
    super({
      code: 'source.mass-deletion',
      kind: 'caller',
      message:
        `${missing} of the ${known} known documents are no longer at the source. That is more than 10 documents and ` +
        `more than 20 %, so none was closed. If they are really gone, run it again with --confirm-deletions.`,
      details: { known, missing },
    });
  }
}

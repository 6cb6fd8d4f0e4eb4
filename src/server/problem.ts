import { fromUnknown, type ErrorKind, type PlumblineError } from '../base/index.ts';

/** The one table from errors to HTTP: by code first, then by kind. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  'route.not-found': 404,
  'route.method': 405,
  'answer.not-found': 404,
  'answer.outdated': 409,
  'conflict.not-found': 404,
  'collection.not-found': 404,
  'document.not-found': 404,
  'ingest.not-found': 404,
  'quarantine.not-found': 404,
  'blob.not-found': 404,
  'source.not-found': 404,
  'source.mass-deletion': 409,
  'source.path-taken': 409,
  'home.locked': 409,
  'backup.place': 409,
  'restore.not-empty': 409,
  'request.foreign-host': 403,
  'request.foreign-origin': 403,
  'request.token-required': 401,
  'request.media-type': 415,
  'request.length-required': 411,
  'request.too-large': 413,
  'document.too-large': 413,
  'document.no-text': 422,
  'document.encrypted': 422,
  'document.damaged': 422,
  'document.unsupported': 422,
  'parser.memory-exceeded': 422,
  'parser.stalled': 422,
  'parser.crashed': 422,
  'operation.aborted': 499,
  'operation.timed-out': 504,
  'quote.mismatch': 500,
};

const STATUS_BY_KIND: Readonly<Record<ErrorKind, number>> = {
  retry: 503,
  'tell-model': 422,
  caller: 400,
  limit: 429,
  fatal: 500,
};

/** An error as RFC 9457 says it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The HTTP status of an error. */
function statusOf(error: PlumblineError): number {
  return STATUS_BY_CODE[error.code] ?? STATUS_BY_KIND[error.kind];
}

/** Says an error over HTTP. What a library threw stays inside: its words may hold more than a caller should see. */
export function problemOf(thrown: unknown, requestId: string): Problem {
  const error = fromUnknown(thrown);
  const status = statusOf(error);
  const internal = error.code === 'internal.unexpected';
  return {
    type: `urn:plumbline:error:${error.code}`,
    title: error.code.replace('.', ' ').replaceAll('-', ' '),
    status,
    detail: internal
      ? `Something failed that should not have. The log has it under request ${requestId}.`
      : error.message,
    code: error.code,
    requestId,
    ...(internal || Object.keys(error.details).length === 0 ? {} : { details: error.details }),
  };
}

import { APICallError, EmptyResponseBodyError, InvalidResponseDataError } from '@ai-sdk/provider';
import { JSONParseError, NoContentGeneratedError, TypeValidationError } from '@ai-sdk/provider';
import { RecordingInvalid, RecordingMissing } from '../record/errors.ts';
import { type FailureCause, ModelFailed } from './failures.ts';
import { retryAfterMs } from './retry-after.ts';

/** Status codes that mean "not now": conflict and early data are retried by the SDKs of OpenAI and Anthropic as well. */
const NOT_NOW = new Set([408, 409, 425]);
const UNAUTHORISED = new Set([401, 403, 404]);

/**
 * What an SDK or the network threw, as one of our failures.
 * @param now milliseconds since 1970, for `Retry-After` dates
 * @throws RecordingMissing, RecordingInvalid as they are
 */
export function classify(model: string, thrown: unknown, now: number): ModelFailed {
  if (thrown instanceof ModelFailed) return thrown;
  // A call nobody recorded is no failure of a model: no other is to be asked in its place.
  if (thrown instanceof RecordingMissing || thrown instanceof RecordingInvalid) throw thrown;
  if (APICallError.isInstance(thrown)) return fromCall(model, thrown, now);
  const isMalformed =
    JSONParseError.isInstance(thrown) ||
    TypeValidationError.isInstance(thrown) ||
    EmptyResponseBodyError.isInstance(thrown) ||
    InvalidResponseDataError.isInstance(thrown) ||
    NoContentGeneratedError.isInstance(thrown);
  if (isMalformed) return new ModelFailed(model, 'malformed-reply');
  // Providers say in the middle of a stream that they cannot go on: the SDKs hand on what they said, which is no Error.
  if (!(thrown instanceof Error)) return new ModelFailed(model, 'unavailable');
  // A connection that ends inside a body surfaces as undici's `TypeError: terminated`.
  if (thrown instanceof TypeError) return new ModelFailed(model, networkCause(thrown));
  return new ModelFailed(model, 'malformed-reply');
}

function networkCause(thrown: Error): FailureCause {
  return thrown.message === 'terminated' ? 'interrupted' : 'unreachable';
}

function fromCall(model: string, error: APICallError, now: number): ModelFailed {
  const { statusCode: status } = error;
  if (status === undefined) {
    const cause = error.cause instanceof Error ? error.cause : error;
    return new ModelFailed(model, networkCause(cause));
  }
  const facts = {
    status,
    retryAfterMs: retryAfterMs(error.responseHeaders?.['retry-after'], now),
    ...providerCode(error.data),
  };
  return new ModelFailed(model, causeOf(status, error), facts);
}

function causeOf(status: number, error: APICallError): FailureCause {
  if (status === 429) return 'rate-limited';
  if (status >= 500 || NOT_NOW.has(status)) return 'unavailable';
  if (UNAUTHORISED.has(status)) return 'unauthorised';
  if (status >= 400) return 'refused-request';
  // A good status with a body that could not be read, or that ended too early.
  const inner = error.cause;
  return inner instanceof TypeError && inner.message === 'terminated' ? 'interrupted' : 'malformed-reply';
}

/** The provider's code, if it looks like one: never free text, which may repeat the prompt. */
function providerCode(data: unknown): { readonly providerCode?: string } {
  const error = (data as { error?: { code?: unknown; type?: unknown } } | undefined)?.error;
  const code = error?.code ?? error?.type;
  return typeof code === 'string' && /^[A-Za-z0-9_.-]{1,60}$/.test(code) ? { providerCode: code } : {};
}

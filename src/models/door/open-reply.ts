import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { Leg } from './leg.ts';
import { PartReader } from './part-reader.ts';

/** A streamed reply whose first token is here. */
export interface OpenReply {
  /** What came up to the first token, and it. */
  readonly first: readonly LanguageModelV4StreamPart[];
  /** The rest. */
  readonly rest: PartReader;
}

/**
 * Opens a streamed reply on a leg: retried and timed out by the model's lane until the first token; the lane's place is
 * kept until the stream ends.
 * @param end fires when the caller or the deadline ends the call
 * @throws ModelFailed; the signal's reason
 */
export function openReply(
  leg: Leg,
  model: LanguageModelV4,
  given: { readonly options: LanguageModelV4CallOptions; readonly end: AbortSignal },
): Promise<OpenReply> {
  return leg.send<OpenReply>({
    attempt: (signal) => attempt(leg, model, { ...given, signal }),
    usageOf: null,
    until: ({ rest }) => rest.ended,
  });
}

async function attempt(
  leg: Leg,
  model: LanguageModelV4,
  given: { readonly options: LanguageModelV4CallOptions; readonly end: AbortSignal; readonly signal: AbortSignal },
): Promise<OpenReply> {
  const { signal, end } = given;
  signal.throwIfAborted();
  // The attempt's signal falls silent when the attempt is over, which a stream outlives: it has a signal of its own.
  const request = new AbortController();
  const stop = (): void => request.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { stream } = await model.doStream({ ...given.options, abortSignal: request.signal });
    const rest = new PartReader(stream, { model: leg.model.id, request, end });
    const first = await upToFirstToken(rest);
    leg.firstToken();
    rest.limitStalls(leg.model.limits.stallMs);
    return { first, rest };
  } catch (error) {
    stop();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function upToFirstToken(parts: PartReader): Promise<LanguageModelV4StreamPart[]> {
  const first: LanguageModelV4StreamPart[] = [];
  for (let part = await parts.next(); part !== null; part = await parts.next()) {
    first.push(part);
    if (isToken(part)) break;
  }
  return first;
}

/** Reasoning is none: nobody has seen it, so that another model may still answer instead. */
function isToken(part: LanguageModelV4StreamPart): boolean {
  return (part.type === 'text-delta' && part.delta !== '') || part.type.startsWith('tool-') || part.type === 'finish';
}

import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { fromUnknown, OperationAborted, type TenantContext } from '../../base/index.ts';
import { arrivedUsage } from './accounting.ts';
import { type Answered, callModels, reportOf } from './call-models.ts';
import { CollectedReply } from './collected-reply.ts';
import { floorReport, mayFallToFloor } from './floor.ts';
import { needsOf } from './generate.ts';
import { keep, lookUp } from './kept-reply.ts';
import type { Leg } from './leg.ts';
import { type OpenReply, openReply } from './open-reply.ts';
import type { CachedReply, CacheKey } from './ports.ts';
import { type PreparedCall, prepareCall } from './prepare.ts';
import { callOptions, restoredCalls } from './provider-call.ts';
import type { ModelReply, ModelRequest, ModelStream } from './request.ts';
import type { DoorServices } from './services.ts';

/** A reply that was kept, or one that has begun to come. */
type Begun = { readonly kept: CachedReply } | { readonly open: OpenReply; readonly key: CacheKey | null };

/** A call on its way: what it stands on, and where its whole reply goes. */
interface Streaming {
  readonly services: DoorServices;
  readonly request: ModelRequest;
  readonly reply: PromiseWithResolvers<ModelReply>;
}

/**
 * One reply as it comes: prepare → call until the first token → pass on → persist. Nothing happens before the first read.
 * A model that fails before its first token is replaced by the next; after it the failure is thrown.
 */
export function stream(services: DoorServices, context: TenantContext, request: ModelRequest): ModelStream {
  const reply = Promise.withResolvers<ModelReply>();
  reply.promise.catch(() => undefined); // whoever reads the text hears of it there
  return { text: textOf({ services, request, reply }, context), reply: reply.promise };
}

async function* textOf(streaming: Streaming, context: TenantContext): AsyncGenerator<string, void, undefined> {
  const { services, request, reply } = streaming;
  const startedAt = performance.now();
  let given = false;
  let over = false;
  try {
    const call = await prepareCall(services, { context, basics: request, needs: needsOf(request) });
    for await (const piece of answerOf(streaming, call)) {
      given = true;
      yield piece;
    }
    over = true;
  } catch (thrown) {
    over = true;
    const failure = fromUnknown(thrown);
    if (given || request.floor === undefined || !mayFallToFloor(failure)) {
      reply.reject(failure);
      throw failure;
    }
    const text = await request.floor(failure);
    reply.resolve({ ...floorReport(services.newId, failure, startedAt), text, toolCalls: [], finish: 'stop' });
    yield text;
  } finally {
    if (!over) reply.reject(new OperationAborted(`The stream for the task ${request.task}`)); // it was left early
  }
}

/** Ends the call whatever happens: a reader that leaves stops the model. */
async function* answerOf(streaming: Streaming, call: PreparedCall): AsyncGenerator<string, void, undefined> {
  let over = false;
  try {
    const answered = await callModels(streaming.services, call, (leg) => begin(streaming, call, leg));
    const { leg, result } = answered;
    if ('kept' in result) yield keptText(streaming, call, { ...answered, result: result.kept });
    else {
      // Also when nobody reads any more: a deadline settles the budget.
      const settle = (): void => leg.finish('aborted', { errorCode: fromUnknown(call.end.signal.reason).code });
      call.end.signal.addEventListener('abort', settle, { once: true });
      yield* passOn(streaming, call, { ...answered, result });
    }
    over = true;
  } catch (error) {
    over = true;
    throw error;
  } finally {
    if (!over) call.end.abort();
    call.end.dispose();
  }
}

async function begin({ services, request }: Streaming, call: PreparedCall, leg: Leg): Promise<Begun> {
  const options = callOptions(call, request, leg);
  const { key, kept } = await lookUp(services, call, { leg, options, terms: request.cache });
  if (kept !== null) return { kept };
  await leg.reserve();
  const model = await leg.ready(services.providers.language(leg.model));
  return { open: await openReply(leg, model, { options, end: call.end.signal }), key };
}

function keptText({ reply }: Streaming, call: PreparedCall, answered: Answered<CachedReply>): string {
  const { leg, result: kept } = answered;
  leg.finish('cached', { cache: kept.hit });
  const text = call.pseudonyms.restore(kept.text);
  const report = reportOf(call, answered);
  reply.resolve({ ...report, source: 'cache', cache: kept.hit, text, toolCalls: [], finish: 'stop' });
  return text;
}

async function* passOn(
  streaming: Streaming,
  call: PreparedCall,
  answered: Answered<Exclude<Begun, { kept: CachedReply }>>,
): AsyncGenerator<string, void, undefined> {
  const { leg, result } = answered;
  const collected = new CollectedReply();
  const restorer = call.pseudonyms.restorer();
  try {
    for await (const part of partsOf(result.open)) {
      leg.saw(collected.take(part));
      const piece = part.type === 'text-delta' ? restorer.push(part.delta) : '';
      if (piece !== '') yield piece;
    }
    const rest = restorer.flush();
    if (rest !== '') yield rest;
  } catch (error) {
    leg.finish(call.end.signal.aborted ? 'aborted' : 'failed', { errorCode: fromUnknown(error).code });
    throw error;
  }
  leg.count(arrivedUsage(leg.model.price, collected.usage));
  leg.finish('answered');
  const { text, finish } = collected;
  const { services, reply } = streaming;
  if (finish === 'stop') keep(services, call, { key: result.key, text, leg });
  const toolCalls = restoredCalls(call.pseudonyms, collected.toolCalls);
  reply.resolve({ ...reportOf(call, answered), text: call.pseudonyms.restore(text), toolCalls, finish });
}

/** Leaving early closes the reply. */
async function* partsOf({ first, rest }: OpenReply): AsyncGenerator<LanguageModelV4StreamPart, void, undefined> {
  try {
    yield* first;
    for (let part = await rest.next(); part !== null; part = await rest.next()) yield part;
  } finally {
    rest.close();
  }
}

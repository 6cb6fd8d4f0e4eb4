import type { LanguageModelV4GenerateResult } from '@ai-sdk/provider';
import { fromUnknown, type TenantContext } from '../../base/index.ts';
import { arrivedUsage } from './accounting.ts';
import { callModels, reportOf } from './call-models.ts';
import { floorReport, mayFallToFloor } from './floor.ts';
import { keep, lookUp } from './kept-reply.ts';
import type { Leg } from './leg.ts';
import type { CachedReply } from './ports.ts';
import { type Needs, type PreparedCall, prepareCall } from './prepare.ts';
import { callOptions, finishOf, readContent, restoredCalls } from './provider-call.ts';
import type { FinishReason, ModelReply, ModelRequest, ToolCall } from './request.ts';
import type { DoorServices } from './services.ts';

/** What came back, before pseudonyms are restored. */
interface Raw {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: FinishReason;
  readonly kept: CachedReply | null;
}

/**
 * One reply: prepare → call → check → persist, and the floor when no model answers.
 * @throws PlumblineError see {@link prepareCall} and {@link callModels}
 */
export async function generate(
  services: DoorServices,
  context: TenantContext,
  request: ModelRequest,
): Promise<ModelReply> {
  const startedAt = performance.now();
  try {
    const call = await prepareCall(services, { context, basics: request, needs: needsOf(request) });
    try {
      return await answer(services, call, request);
    } finally {
      call.end.dispose();
    }
  } catch (thrown) {
    const failure = fromUnknown(thrown);
    if (request.floor === undefined || !mayFallToFloor(failure)) throw failure;
    const text = await request.floor(failure);
    return { ...floorReport(services.newId, failure, startedAt), text, toolCalls: [], finish: 'stop' };
  }
}

/** What the route has to know of a request. */
export function needsOf(request: ModelRequest): Needs {
  return {
    messages: request.messages,
    capabilities: request.tools === undefined ? [] : ['tools'],
    structured: false,
    beside: request.tools,
    outputTokens: request.maxOutputTokens ?? null,
    cachePrompt: request.cachePrompt === true,
  };
}

async function answer(services: DoorServices, call: PreparedCall, request: ModelRequest): Promise<ModelReply> {
  const answered = await callModels(services, call, (leg) => perform(services, call, { request, leg }));
  const { leg, result } = answered;
  if (result.kept === null) leg.finish('answered');
  else leg.finish('cached', { cache: result.kept.hit });
  const report = reportOf(call, answered);
  return {
    ...report,
    ...(result.kept && { source: 'cache', cache: result.kept.hit }),
    text: call.pseudonyms.restore(result.text),
    toolCalls: restoredCalls(call.pseudonyms, result.toolCalls),
    finish: result.finish,
  };
}

async function perform(
  services: DoorServices,
  call: PreparedCall,
  on: { readonly request: ModelRequest; readonly leg: Leg },
): Promise<Raw> {
  const { request, leg } = on;
  const options = callOptions(call, request, leg);
  const { key, kept } = await lookUp(services, call, { leg, options, terms: request.cache });
  if (kept !== null) return { text: kept.text, toolCalls: [], finish: 'stop', kept };
  await leg.reserve();
  const model = await leg.ready(services.providers.language(leg.model));
  const reply = await leg.send<LanguageModelV4GenerateResult>({
    attempt: async (signal) => model.doGenerate({ ...options, abortSignal: signal }),
    usageOf: ({ usage }) => arrivedUsage(leg.model.price, usage),
    outputOf: ({ content }) => JSON.stringify(content),
  });
  const { text, toolCalls } = readContent(reply.content);
  const finish = finishOf(reply.finishReason);
  if (finish === 'stop') keep(services, call, { key, text, leg });
  return { text, toolCalls, finish, kept: null };
}

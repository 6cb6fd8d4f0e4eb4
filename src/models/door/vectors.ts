import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { TenantContext } from '../../base/index.ts';
import { ModelFailed } from '../resilience/failures.ts';
import { estimatedUsage, estimatePromptTokens } from './accounting.ts';
import { callModels, reportOf } from './call-models.ts';
import type { Leg } from './leg.ts';
import type { CallUsage } from './ports.ts';
import { type PreparedCall, prepareCall } from './prepare.ts';
import type { EmbedReply, EmbedRequest, ModelMessage, RerankReply, RerankRequest } from './request.ts';
import type { DoorServices } from './services.ts';

/**
 * Texts → vectors, by a provider's embedding model, in as many requests as the provider's limit asks for.
 * @throws PlumblineError see {@link prepareCall} and {@link callModels}
 */
export async function embed(
  services: DoorServices,
  context: TenantContext,
  request: EmbedRequest,
): Promise<EmbedReply> {
  const needs = textsOnly(request.texts, longestOf);
  const call = await prepareCall(services, { context, basics: { ...request, task: 'embed' }, needs });
  try {
    const answered = await callModels(services, call, (leg) => embedOn(services, call, leg));
    answered.leg.finish('answered');
    return { ...reportOf(call, answered), vectors: answered.result };
  } finally {
    call.end.dispose();
  }
}

async function embedOn(services: DoorServices, call: PreparedCall, leg: Leg): Promise<Float32Array[]> {
  const texts = textsOf(call.prompt);
  await leg.reserve();
  const model = await leg.ready(services.providers.embedding(leg.model));
  const most = (await model.maxEmbeddingsPerCall) ?? texts.length;
  const vectors: Float32Array[] = [];
  while (vectors.length < texts.length) {
    const values = texts.slice(vectors.length, vectors.length + most);
    const made = await leg.send({
      attempt: async (abortSignal) => {
        const { embeddings, usage } = await model.doEmbed({ values, abortSignal });
        return { vectors: unitVectors(leg, embeddings, values.length), tokens: usage?.tokens };
      },
      usageOf: ({ tokens }) => usageOf(leg, tokens),
    });
    vectors.push(...made.vectors);
  }
  if (new Set(vectors.map(({ length }) => length)).size > 1) throw new ModelFailed(leg.model.id, 'malformed-reply');
  return vectors;
}

/** @throws ModelFailed when some are missing, empty, zero or not numbers */
function unitVectors(leg: Leg, embeddings: readonly (readonly number[])[], expected: number): Float32Array[] {
  const vectors = embeddings.map((embedding) => {
    const length = Math.hypot(...embedding);
    return Float32Array.from(embedding, (value) => value / length);
  });
  const usable = vectors.length === expected && vectors.every((one) => one.length > 0 && one.every(Number.isFinite));
  if (!usable) throw new ModelFailed(leg.model.id, 'malformed-reply');
  return vectors;
}

/**
 * Documents in the order of how well they answer a query, by a provider's rerank model.
 * @throws PlumblineError see {@link prepareCall} and {@link callModels}
 */
export async function rerank(
  services: DoorServices,
  context: TenantContext,
  request: RerankRequest,
): Promise<RerankReply> {
  const needs = textsOnly([request.query, ...request.documents], longestOf);
  const call = await prepareCall(services, { context, basics: { ...request, task: 'rerank' }, needs });
  try {
    const topN = Math.min(request.topN ?? request.documents.length, request.documents.length);
    const answered = await callModels(services, call, (leg) => rerankOn(services, call, { leg, topN }));
    answered.leg.finish('answered');
    return { ...reportOf(call, answered), ranking: answered.result };
  } finally {
    call.end.dispose();
  }
}

async function rerankOn(
  services: DoorServices,
  call: PreparedCall,
  { leg, topN }: { readonly leg: Leg; readonly topN: number },
): Promise<RerankReply['ranking']> {
  const [query = '', ...documents] = textsOf(call.prompt);
  await leg.reserve();
  const reranker = await leg.ready(services.providers.reranker(leg.model));
  const { ranking } = await leg.send({
    attempt: async (signal) => {
      const ranked = await reranker.rerank({ query, documents, topN, signal });
      if (!isRanking(ranked.ranking, documents.length)) throw new ModelFailed(leg.model.id, 'malformed-reply');
      return ranked;
    },
    usageOf: ({ tokens }) => usageOf(leg, tokens ?? undefined),
  });
  return ranking.toSorted((a, b) => b.score - a.score).slice(0, topN);
}

/** Every position once at most, and none that does not exist. */
function isRanking(ranking: RerankReply['ranking'], documents: number): boolean {
  const positions = new Set(ranking.map(({ index }) => index));
  return positions.size === ranking.length && ranking.every(({ index }) => index < documents);
}

function textsOnly(
  texts: readonly string[],
  contextTokens: (prompt: LanguageModelV4Prompt) => number,
): Parameters<typeof prepareCall>[1]['needs'] {
  const messages = texts.map((content): ModelMessage => ({ role: 'user', content }));
  return { messages, capabilities: [], structured: false, outputTokens: 0, cachePrompt: false, contextTokens };
}

/** Texts do not meet in the context: the longest has to fit. For reranking, with the query, which comes first. */
function longestOf([first, ...rest]: LanguageModelV4Prompt): number {
  const lengths = rest.map((one) => estimatePromptTokens([one]));
  return (first === undefined ? 0 : estimatePromptTokens([first])) + lengths.reduce((a, b) => Math.max(a, b), 0);
}

/** The texts after screening. */
function textsOf(prompt: LanguageModelV4Prompt): string[] {
  return prompt.map(({ content }) =>
    typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
  );
}

function usageOf(leg: Leg, tokens: number | undefined): CallUsage | null {
  return tokens === undefined
    ? null
    : { ...estimatedUsage(leg.model.price, { input: tokens, output: 0 }), estimated: false };
}

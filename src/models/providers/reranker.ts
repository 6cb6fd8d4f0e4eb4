import { APICallError, type RerankingModelV4 } from '@ai-sdk/provider';
import { z } from 'zod';
import type { ProviderEntry } from '../registry/registry.ts';

/** What is to be put in order. */
export interface RerankCall {
  readonly query: string;
  readonly documents: readonly string[];
  /** Only the best so many. */
  readonly topN: number;
  readonly signal: AbortSignal;
}

/** What came back. */
export interface Ranked {
  /** Positions in the documents, best first; higher scores are better, their range is the model's. */
  readonly ranking: readonly { readonly index: number; readonly score: number }[];
  /** null: the provider does not count tokens. */
  readonly tokens: number | null;
}

/** A rerank model. */
export interface Reranker {
  rerank(call: RerankCall): Promise<Ranked>;
}

const replySchema = z.object({
  results: z.array(z.object({ index: z.number().int().min(0), relevance_score: z.number() })),
  usage: z.object({ total_tokens: z.number().int().min(0) }).optional(),
});

/** `POST URL/rerank` as Cohere, Jina, vLLM, llama.cpp and Text Embeddings Inference speak it; the SDK has no such thing for them. */
export function compatibleReranker(entry: ProviderEntry, model: string, fetch: typeof globalThis.fetch): Reranker {
  const url = `${(entry.url ?? '').replace(/\/$/, '')}/rerank`;
  const headers = { 'content-type': 'application/json', ...(entry.key && { authorization: `Bearer ${entry.key}` }) };
  return {
    rerank: async ({ query, documents, topN, signal }) => {
      const body = JSON.stringify({ model, query, documents, top_n: topN });
      const response = await fetch(url, { method: 'POST', headers, body, signal });
      if (!response.ok) {
        await response.body?.cancel();
        throw new APICallError({
          message: 'The rerank server refused the request.',
          url,
          requestBodyValues: {},
          statusCode: response.status,
          responseHeaders: Object.fromEntries(response.headers),
        });
      }
      const { results, usage } = replySchema.parse(await response.json());
      const ranking = results.map(({ index, relevance_score: score }) => ({ index, score }));
      return { ranking, tokens: usage?.total_tokens ?? null };
    },
  };
}

/** A rerank model of one of the SDKs. Their interface has no place for tokens: what a call used is estimated. */
export function sdkReranker(model: RerankingModelV4): Reranker {
  return {
    rerank: async ({ query, documents, topN, signal }) => {
      const values = { type: 'text' as const, values: [...documents] };
      const { ranking } = await model.doRerank({ query, documents: values, topN, abortSignal: signal });
      return { ranking: ranking.map(({ index, relevanceScore: score }) => ({ index, score })), tokens: null };
    },
  };
}

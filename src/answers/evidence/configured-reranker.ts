import type { TenantContext } from '../../base/index.ts';
import type { Collection } from '../../ingest/index.ts';
import type { ModelCalls, RerankModel } from '../../models/index.ts';
import type { Reranker } from '../../retrieval/index.ts';

/**
 * The reranker of an installation: the cross-encoder in this process, else the declared rerank model, else none.
 * @param parts `local` null: no folder is configured
 */
export function configuredReranker(parts: {
  readonly local: RerankModel | null;
  readonly modelsFor: (collection: Collection) => Pick<ModelCalls, 'has' | 'rerank'>;
}): (context: TenantContext, collection: Collection) => Reranker | null {
  const { local, modelsFor } = parts;
  if (local !== null) {
    const reranker = {
      name: local.id,
      scores: (question: string, passages: readonly string[], signal: AbortSignal) =>
        local.scores(question, passages, signal),
    };
    return () => reranker;
  }
  return (context, collection) => {
    const models = modelsFor(collection);
    return models.has('rerank') ? declaredReranker(context, models) : null;
  };
}

function declaredReranker(context: TenantContext, models: Pick<ModelCalls, 'rerank'>): Reranker {
  return {
    name: 'the declared rerank model',
    scores: async (query, documents, signal) => {
      const { ranking } = await models.rerank(context, { feature: 'search', query, documents, signal });
      const scores = new Map(ranking.map(({ index, score }) => [index, score]));
      return documents.map((_, index) => scores.get(index) ?? Number.NaN);
    },
  };
}

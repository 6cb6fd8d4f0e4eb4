import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import type { ProviderEntry } from '../registry/registry.ts';
import { compatibleReranker, type Reranker, sdkReranker } from './reranker.ts';

/** A provider, spoken to through its SDK. */
export interface ConnectedProvider {
  language(model: string): LanguageModelV4;
  /** Missing: it has none. The registry refuses to declare one. */
  embedding?(model: string): EmbeddingModelV4;
  reranker?(model: string): Reranker;
}

type Fetch = typeof globalThis.fetch;

/** SDKs refuse to start without a key; local servers need none. */
const NO_KEY = 'none';

/**
 * Loads a provider's SDK, which is why it waits, and configures it. No SDK retries, logs or traces: the door does.
 * @param fetch what every request goes through
 */
export async function connectProvider(entry: ProviderEntry, fetch: Fetch): Promise<ConnectedProvider> {
  const key = entry.key ?? NO_KEY;
  const common = { fetch, apiKey: key, ...(entry.url !== null && { baseURL: entry.url }) };
  switch (entry.kind) {
    case 'openai': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      const openai = createOpenAI(common);
      return { language: (id) => openai.chat(id), embedding: (id) => openai.embedding(id) };
    }
    case 'azure': {
      const { createAzure } = await import('@ai-sdk/azure');
      const azure = createAzure({ ...common, ...(entry.resource !== null && { resourceName: entry.resource }) });
      return { language: (id) => azure.chat(id), embedding: (id) => azure.embedding(id) };
    }
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      const anthropic = createAnthropic(common);
      return { language: (id) => anthropic(id) };
    }
    case 'google': {
      const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
      const google = createGoogleGenerativeAI(common);
      return { language: (id) => google(id), embedding: (id) => google.embedding(id) };
    }
    case 'bedrock':
      return connectBedrock(entry, fetch);
    case 'openai-compatible':
      return connectCompatible(entry, fetch);
  }
}

async function connectBedrock(entry: ProviderEntry, fetch: Fetch): Promise<ConnectedProvider> {
  const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
  const { signing } = entry;
  const bedrock = createAmazonBedrock({
    fetch,
    region: entry.region ?? 'us-east-1',
    ...(entry.url !== null && { baseURL: entry.url }),
    ...(entry.key !== null || signing === null
      ? { apiKey: entry.key ?? NO_KEY }
      : {
          accessKeyId: signing.accessKeyId,
          secretAccessKey: signing.secretAccessKey,
          ...(signing.sessionToken !== null && { sessionToken: signing.sessionToken }),
        }),
  });
  return {
    language: (id) => bedrock(id),
    embedding: (id) => bedrock.embedding(id),
    reranker: (id) => sdkReranker(bedrock.reranking(id)),
  };
}

async function connectCompatible(entry: ProviderEntry, fetch: Fetch): Promise<ConnectedProvider> {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const compatible = createOpenAICompatible({
    name: entry.id,
    baseURL: entry.url ?? '',
    fetch,
    includeUsage: true,
    supportsStructuredOutputs: true,
    ...(entry.key !== null && { apiKey: entry.key }),
  });
  return {
    language: (id) => compatible.chatModel(id),
    embedding: (id) => compatible.embeddingModel(id),
    reranker: (id) => compatibleReranker(entry, id, fetch),
  };
}

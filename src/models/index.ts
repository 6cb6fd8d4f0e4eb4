/**
 * The only door to models. So far: text → vectors, by a model inside this process or by an OpenAI-compatible server,
 * token counting, and the management of model folders. Never decides what is embedded and never stores a vector.
 * Start with `embedder.ts` (the port) and `create-embedder.ts`.
 */
export { createEmbedder, type EmbedderConfig, tokenizerFolder } from './create-embedder.ts';
export { defaultModel } from './default-model.ts';
export type { Embedder, EmbeddingPurpose, EmbedOptions, TokenCounter } from './embedder.ts';
export { createDefaultEmbedder, type LocalEmbedderOptions } from './local/local-embedder.ts';
export { type InstalledModel, listModels } from './manage/list-models.ts';
export type { ModelOrigin } from './manage/model-origin.ts';
export { type PulledModel, type PullOptions, pullModel } from './manage/pull-model.ts';
export { type ModelReport, testModel } from './manage/test-model.ts';
export { type OpenAiEmbedderOptions } from './remote/openai-embedder.ts';
export type {
  Budgets,
  CacheKey,
  CacheUse,
  CachedReply,
  CallCeiling,
  CallOutcome,
  CallRecord,
  CallSubject,
  CallUsage,
  Meter,
  ReplyCache,
  Reservation,
  UnitPrice,
} from './door/ports.ts';
export type { WarmEmbedder } from './warm-embedder.ts';

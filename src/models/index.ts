/**
 * The only door to models: a task → the model that may and can do it, called within its limits, with fallbacks; text →
 * vectors, token counting, model folders, budgets and metering of calls. Never decides what is asked and never stores a vector or a prompt.
 * Start with `door/create-model-door.ts` (language models), `embedder.ts` and `create-embedder.ts` (vectors).
 */
export {
  createModelDoor,
  type ExplainQuery,
  type ModelCalls,
  type ModelDoor,
  type ModelDoorParts,
} from './door/create-model-door.ts';
export type {
  EmbedReply,
  EmbedRequest,
  ModelMessage,
  ModelReply,
  ModelRequest,
  ModelStream,
  ModelTool,
  ObjectReply,
  ObjectRequest,
  RerankReply,
  RerankRequest,
  ToolCall,
} from './door/request.ts';
export { TenantClasses } from './data-class/tenant-classes.ts';
export { withDataClass } from './data-class/with-data-class.ts';
export { estimateTokens } from './door/accounting.ts';
export { keysFor } from './record/recording.ts';
export { loadRegistry } from './registry/load-registry.ts';
export type { ModelEntry, ModelRegistry } from './registry/registry.ts';
export { BudgetExceeded } from './budgets/budget-exceeded.ts';
export { LeasedBudgets } from './budgets/leased-budgets.ts';
export { readBudgets } from './budgets/read-budgets.ts';
export { forgetReplies } from './cache/erasure-fence.ts';
export { openReplyCache } from './cache/open-reply-cache.ts';
export { PARAPHRASE_COSINE } from './cache/paraphrases.ts';
export { type ReplyCacheCounts, SqlReplyCache } from './cache/sql-reply-cache.ts';
export { type EmbedderConfig, tokenizerFolder } from './create-embedder.ts';
export { defaultModel } from './default-model.ts';
export type { Embedder, EmbeddingPurpose, EmbedOptions, TokenCounter } from './embedder.ts';
export { createDefaultEmbedder, type LocalEmbedderOptions } from './local/local-embedder.ts';
export { type NliChances, type NliModel, openNliModel } from './nli/nli-model.ts';
export { type InstalledModel, listModels } from './manage/list-models.ts';
export type { ModelOrigin } from './manage/model-origin.ts';
export { type PulledModel, type PullOptions, pullModel } from './manage/pull-model.ts';
export { type ModelReport, testModel } from './manage/test-model.ts';
export { tryDeclaredModel } from './manage/try-declared-model.ts';
export { usdOf } from './metering/money.ts';
export {
  readUsage,
  USAGE_GROUPS,
  type UsageLine,
  type UsagePage,
  type UsageQuery,
  type UsageSums,
} from './metering/read-usage.ts';
export { UsageMeter } from './metering/usage-meter.ts';
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
export { openLocalEmbedder, openNli, openReader, openReranker } from './open-models.ts';
export { type RerankModel } from './rerank/rerank-model.ts';
export type { WarmEmbedder } from './warm-embedder.ts';

/**
 * What happens to a ranking once words and meaning are fused: pure stages over ids, scores and vectors, each recorded,
 * and the settings that choose them. Never searches and never reads text. Start with `settings.ts`, then `rearrange.ts`.
 */
export { joinQueries } from './join-queries.ts';
export type { Reranker } from './rerank.ts';
export { type Rereading, reread } from './reread.ts';
export { rearrange, type StageRecord } from './rearrange.ts';
export {
  checkSettings,
  PRESET_NAMES,
  planOf,
  type Preset,
  type RetrievalPlan,
  type RetrievalSettings,
} from './settings.ts';

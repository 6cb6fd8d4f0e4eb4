import { costOf } from '../metering/money.ts';
import type { Capability, ModelEntry, ModelRegistry } from '../registry/registry.ts';
import { type Difficulty, type EffectiveRule, kindOf, ruleOf } from './task-defaults.ts';

/** What a call needs, beside its task. */
export interface RouteQuery {
  readonly task: string;
  readonly difficulty: Difficulty;
  /** Only models declared private, not even as a fallback. */
  readonly privateOnly: boolean;
  /** Capabilities without which a model cannot do it. */
  readonly capabilities: readonly Capability[];
  /** Whether the reply must fit a schema: models that can be held to one go first. */
  readonly structured: boolean;
  /** Estimated tokens of the prompt. */
  readonly inputTokens: number;
  /** Tokens the context has to hold beside the reply; null: all of `inputTokens`. */
  readonly contextTokens: number | null;
  /** The most tokens of the reply; null: the model's own limit, or what is left of its context. */
  readonly outputTokens: number | null;
  /** Only this model; null: any. */
  readonly model: string | null;
}

/** How a model has been doing lately. */
export interface ModelHealth {
  /** `open`: it failed too often and is left alone for a while; `half-open`: it is being tried again. */
  readonly breaker: 'closed' | 'half-open' | 'open';
  /** Moving average to the first token or whole reply, ms; null: not called yet. */
  readonly latencyMs: number | null;
}

/** A model that may be called, and why it stands where it stands. */
export interface Candidate {
  readonly model: ModelEntry;
  readonly reason: string;
  /** What the call is expected to cost at most, nano-dollars. */
  readonly ceilingNanoUsd: bigint;
}

/** A model that may not be called, and why. */
export interface Excluded {
  readonly model: ModelEntry;
  readonly reason: string;
}

/** The decision: candidates in the order they are tried. */
export interface Route {
  readonly rule: EffectiveRule;
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly Excluded[];
}

interface Judged {
  readonly model: ModelEntry;
  readonly health: ModelHealth;
  readonly ceilingNanoUsd: bigint;
  readonly latencyMs: number;
}

/**
 * Chooses models for a call: pure, the same input gives the same order. Models that cannot or may not do it are
 * excluded; the rest are ordered by health (a broken one last), level (enough first), schema support, the operator's
 * order, then what the task prefers; ties by id. A model below the level asked for stays as a last resort.
 */
export function route(registry: ModelRegistry, query: RouteQuery, healthOf: (modelId: string) => ModelHealth): Route {
  const rule = ruleOf(query.task, query.difficulty, registry.tasks.get(query.task));
  const judged: Judged[] = [];
  const excluded: Excluded[] = [];
  for (const model of registry.models) {
    const reason = whyNot(model, query);
    if (reason !== null) excluded.push({ model, reason });
    else judged.push(judge(model, query, healthOf(model.id)));
  }
  judged.sort((a, b) => compare(a, b, { rule, query }));
  const candidates = judged.map((one) => ({
    model: one.model,
    reason: reasonFor(one, rule),
    ceilingNanoUsd: one.ceilingNanoUsd,
  }));
  return { rule, candidates, excluded };
}

/** Why a model cannot or may not do it, as a sentence's end; null when it can. */
function whyNot(model: ModelEntry, query: RouteQuery): string | null {
  if (query.model !== null && model.id !== query.model) return `another model was asked for: ${query.model}`;
  const kind = kindOf(query.task);
  if (model.kind !== kind) return `it is a ${model.kind} model; ${query.task} needs a ${kind} model`;
  if (query.privateOnly && !model.private) return 'the data is private-only and this model is not private';
  const [missing] = model.provider.missingKeys;
  if (missing !== undefined) return `${missing}, which its provider needs, is not set`;
  const lacking = query.capabilities.find((capability) => !model.capabilities.includes(capability));
  if (lacking !== undefined) return `it cannot do ${lacking}`;
  const needed = (query.contextTokens ?? query.inputTokens) + (query.outputTokens ?? 1);
  if (needed > model.contextTokens)
    return `its context of ${model.contextTokens} tokens is smaller than the ${needed} needed`;
  return null;
}

/** Most tokens a reply of this model to this query can have. */
export function replyLimit(model: ModelEntry, query: Pick<RouteQuery, 'inputTokens' | 'outputTokens'>): number {
  const room = Math.max(1, model.contextTokens - query.inputTokens);
  return Math.min(query.outputTokens ?? model.maxOutputTokens, model.maxOutputTokens, room);
}

function judge(model: ModelEntry, query: RouteQuery, health: ModelHealth): Judged {
  const outputTokens = model.kind === 'language' ? replyLimit(model, query) : 0;
  const most = { inputTokens: query.inputTokens, cachedInputTokens: 0, outputTokens };
  return {
    model,
    health,
    ceilingNanoUsd: costOf(most, model.price),
    latencyMs: health.latencyMs ?? model.typicalMs,
  };
}

function compare(a: Judged, b: Judged, by: { readonly rule: EffectiveRule; readonly query: RouteQuery }): number {
  const { rule, query } = by;
  return (
    brokenness(a) - brokenness(b) ||
    shortfall(a, rule) - shortfall(b, rule) ||
    (query.structured ? schemaRank(a) - schemaRank(b) : 0) ||
    operatorRank(a, rule) - operatorRank(b, rule) ||
    preferenceOrder(a, b, rule) ||
    (a.model.id < b.model.id ? -1 : 1)
  );
}

/** A half-open model is still tried first: that is how it comes back. */
function brokenness({ health }: Judged): number {
  return health.breaker === 'open' ? 1 : 0;
}

function shortfall({ model }: Judged, rule: EffectiveRule): number {
  return Math.max(0, rule.minimumLevel - model.level);
}

function schemaRank({ model }: Judged): number {
  if (model.capabilities.includes('json-schema')) return 0;
  return model.capabilities.includes('tools') ? 1 : 2;
}

function operatorRank({ model }: Judged, { models }: EffectiveRule): number {
  const position = models.indexOf(model.id);
  return position < 0 ? models.length : position;
}

function preferenceOrder(a: Judged, b: Judged, rule: EffectiveRule): number {
  const cost = Number(a.ceilingNanoUsd - b.ceilingNanoUsd);
  const latency = a.latencyMs - b.latencyMs;
  const quality = b.model.level - a.model.level;
  switch (rule.prefer) {
    case 'cost':
      return cost || quality || latency;
    case 'latency':
      return latency || cost || quality;
    case 'quality':
      return quality || cost || latency;
  }
}

function reasonFor({ model, health, ceilingNanoUsd, latencyMs }: Judged, rule: EffectiveRule): string {
  const level =
    model.level >= rule.minimumLevel
      ? `level ${model.level} of at least ${rule.minimumLevel}`
      : `last resort: level ${model.level}, ${rule.minimumLevel} asked for`;
  const wanted = rule.models.includes(model.id) ? `, number ${rule.models.indexOf(model.id) + 1} in the registry` : '';
  const broken = health.breaker === 'closed' ? '' : `, breaker ${health.breaker}`;
  const dollars = (Number(ceilingNanoUsd) / 1e9).toFixed(6);
  return `${level}${wanted}; at most $${dollars}, about ${Math.round(latencyMs)} ms${model.private ? ', private' : ''}${broken}`;
}

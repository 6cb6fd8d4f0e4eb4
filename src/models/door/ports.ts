import type { TenantContext } from '../../base/index.ts';
import type { ScreenedSpan } from '../../guard/index.ts';

/** Who a call is counted for, beside the tenant and principal of its context. */
export interface CallSubject {
  /** What of the product asked: `answers`, `chat`, a solution's name. */
  readonly feature: string;
  /** The agent run, evaluation or job the call belongs to. */
  readonly runId?: string;
  /** The person whose budget pays; usually the context's principal. */
  readonly userId: string;
}

/** Tokens and money of one call. */
export interface CallUsage {
  /** All tokens of the prompt, those read from the provider's cache included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of `inputTokens` that the provider read from its prompt cache. */
  readonly cachedInputTokens: number;
  /** Part of `inputTokens` that the provider wrote to its prompt cache; missing: none. */
  readonly cacheWriteInputTokens?: number;
  /** True when the provider's count never arrived and these are our own. */
  readonly estimated: boolean;
  /** Nano-dollars (10⁻⁹ USD), rounded up once per reply. */
  readonly costNanoUsd: bigint;
}

/** What was set aside for one call. Exactly one of both is called, once; further calls do nothing. Neither throws. */
export interface Reservation {
  /** Gives back what was not used. */
  settle(usage: CallUsage): void;
  /** Nothing was used. */
  release(): void;
}

/** The most a call can use. */
export interface CallCeiling {
  /** Input and output together. */
  readonly tokens: number;
  readonly costNanoUsd: bigint;
  /** The call's deadline, milliseconds from now. Missing: model time is counted when the call ends, not set aside. */
  readonly wallMs?: number;
}

/** Sets budget aside before a call. */
export interface Budgets {
  /** @throws BudgetExceeded `budget.exceeded` (429; `resetAtMs`, and `left`: what a cheaper model may use) */
  reserve(context: TenantContext, subject: CallSubject, most: CallCeiling): Promise<Reservation>;
}

/** How a call ended. `lost`: a reply that may have been billed but whose usage never arrived; it was tried again. */
export type CallOutcome = 'answered' | 'cached' | 'failed' | 'aborted' | 'lost';

/** Where a reply came from: a provider without cache, one of our caches, or a provider that read its prompt cache. */
export type CacheUse = 'none' | 'exact' | 'semantic' | 'provider';

/** Unit prices, nano-dollars (10⁻⁹ USD) per million tokens, ≥ 0. */
export interface UnitPrice {
  readonly inputNanoUsdPerMillion: bigint;
  readonly outputNanoUsdPerMillion: bigint;
  /** Input the provider reads from its prompt cache. */
  readonly cachedInputNanoUsdPerMillion: bigint;
  /** Input the provider writes to its prompt cache. */
  readonly cacheWriteNanoUsdPerMillion: bigint;
}

/** A place of personal data in a prompt. Neither the value nor its path, in which a key may be one. */
export type FoundPlace = Pick<ScreenedSpan, 'message' | 'start' | 'end' | 'type' | 'score' | 'action'>;

/**
 * What happened on one model for one call. A call that falls back leaves a record per model tried, with the same
 * `callId`; a reply whose usage never arrived and that was tried again leaves one of its own (`outcome: 'lost'`).
 * Holds no text.
 */
export interface CallRecord {
  /** UUIDv7, the same for all records of one call. */
  readonly callId: string;
  readonly tenantId: string;
  readonly principalId: string;
  readonly requestId: string;
  readonly userId: string;
  readonly feature: string;
  readonly runId: string | null;
  readonly task: string;
  /** The model's id in the registry. */
  readonly model: string;
  /** The provider's id in the registry. */
  readonly provider: string;
  /** Why the route chose this model, one sentence. */
  readonly reason: string;
  /** 0 for the first choice, 1 for the first fallback, … */
  readonly fallback: number;
  /** Requests sent to the provider, repairs included; 0 for a hit of our cache. */
  readonly attempts: number;
  readonly latencyMs: number;
  /** Until the first token of the reply; null when it was not streamed or none came. */
  readonly firstTokenMs: number | null;
  readonly usage: CallUsage;
  readonly price: UnitPrice;
  readonly cache: CacheUse;
  readonly outcome: CallOutcome;
  /** Code of the error; null when the call was answered. */
  readonly errorCode: string | null;
  /** Of a call's first model: where personal data was found in the prompt and what was done; the first 200. Missing: none. */
  readonly screened?: readonly FoundPlace[];
  /** When the call began, milliseconds since 1970. */
  readonly at: number;
}

/** Takes records; batched, never throws, never waits. */
export interface Meter {
  record(record: CallRecord): void;
}

/** Everything a reply depends on, beside the tenant and the access list, which are the context's. */
export interface CacheKey {
  readonly task: string;
  /** The model's id in the registry. */
  readonly model: string;
  /** Temperature, limits, tools, schema: plain JSON. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The whole prompt, as the provider would get it, as JSON. */
  readonly prompt: string;
  readonly promptVersion: string;
  /** Version of the chunk index the prompt's evidence came from; null when it has none. */
  readonly indexVersion: string | null;
  /** Instant the evidence had to be valid at, ISO 8601; null: now. */
  readonly asOf: string | null;
  /** The part a paraphrase may replace, for the semantic cache; null: exact hits only. */
  readonly question: string | null;
  /** What the reply depends on beside question and evidence, in place of the prompt, for the semantic cache. */
  readonly scope: string | null;
}

/** A reply that was kept. */
export interface CachedReply {
  readonly text: string;
  /** What it used when it was made. */
  readonly usage: CallUsage;
  /** How it was found; ignored by `put`. */
  readonly hit: 'exact' | 'semantic';
}

/** Keeps replies per tenant. A cache that fails behaves as if it were empty. */
export interface ReplyCache {
  get(context: TenantContext, key: CacheKey): Promise<CachedReply | null>;
  put(context: TenantContext, key: CacheKey, reply: CachedReply): void;
}

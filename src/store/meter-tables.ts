import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant, ownRows, tenantId } from './columns.ts';

const amount = (name: string) => bigint(name, { mode: 'bigint' }).notNull().default(sql`0`);

/** What a budget's account has spent in one window: settled calls of all nodes. */
export const budgetAccounts = pgTable(
  'budget_accounts',
  {
    tenantId: tenantId(),
    /** The rule's name. */
    rule: text('rule').notNull(),
    /** Who is counted under the rule: a user, a feature, a run; empty for the tenant as a whole. */
    subject: text('subject').notNull(),
    /** Start of the window, UTC; 1970 for an account that never starts anew. */
    windowStart: instant('window_start').notNull(),
    tokens: amount('tokens'),
    costNanoUsd: amount('cost_nano_usd'),
    calls: amount('calls'),
    wallMs: amount('wall_ms'),
    /** Nobody settles or asks any more after this. */
    keepUntil: instant('keep_until').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.rule, table.subject, table.windowStart] }),
    index('budget_accounts_keep').on(table.tenantId, table.keepUntil),
    ownRows(),
  ],
);

/** What a node has taken from an account and neither settled nor given back. Counts until it expires. */
export const budgetLeases = pgTable(
  'budget_leases',
  {
    tenantId: tenantId(),
    rule: text('rule').notNull(),
    subject: text('subject').notNull(),
    windowStart: instant('window_start').notNull(),
    nodeId: uuid('node_id').notNull(),
    tokens: amount('tokens'),
    costNanoUsd: amount('cost_nano_usd'),
    calls: amount('calls'),
    wallMs: amount('wall_ms'),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.rule, table.subject, table.windowStart, table.nodeId] }),
    ownRows(),
  ],
);

/** What a model cost per million tokens from a moment on. Never changed: a new price is a new row. */
export const unitPrices = pgTable(
  'unit_prices',
  {
    id: uuid('id').primaryKey(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    validFrom: instant('valid_from').notNull(),
    inputNanoUsdPerMillion: amount('input_nano_usd_per_million'),
    outputNanoUsdPerMillion: amount('output_nano_usd_per_million'),
    cachedInputNanoUsdPerMillion: amount('cached_input_nano_usd_per_million'),
    cacheWriteNanoUsdPerMillion: amount('cache_write_nano_usd_per_million'),
  },
  (table) => [index('unit_prices_model').on(table.provider, table.model, table.validFrom)],
);

/** One row for each model tried for a call. Holds no text. */
export const usageCalls = pgTable(
  'usage_calls',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    callId: uuid('call_id').notNull(),
    at: instant('at').notNull(),
    userId: text('user_id').notNull(),
    principalId: text('principal_id').notNull(),
    requestId: text('request_id').notNull(),
    feature: text('feature').notNull(),
    runId: text('run_id'),
    task: text('task').notNull(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    reason: text('reason').notNull(),
    fallback: smallint('fallback').notNull(),
    attempts: smallint('attempts').notNull(),
    latencyMs: integer('latency_ms').notNull(),
    firstTokenMs: integer('first_token_ms'),
    inputTokens: bigint('input_tokens', { mode: 'number' }).notNull(),
    outputTokens: bigint('output_tokens', { mode: 'number' }).notNull(),
    cachedInputTokens: bigint('cached_input_tokens', { mode: 'number' }).notNull(),
    /** Part of the input that the provider wrote to its prompt cache. */
    cacheWriteInputTokens: amount('cache_write_input_tokens'),
    /** The provider's count never arrived; tokens and cost are our own. */
    estimated: boolean('estimated').notNull().default(false),
    costNanoUsd: amount('cost_nano_usd'),
    /** The price the cost was reckoned with. */
    priceId: uuid('price_id').notNull(),
    cache: text('cache', { enum: ['none', 'exact', 'semantic', 'provider'] }).notNull(),
    outcome: text('outcome', { enum: ['answered', 'cached', 'failed', 'aborted', 'lost'] }).notNull(),
    errorCode: text('error_code'),
    /** Where personal data was found in the prompt and what was done; kinds and places, no values. Null: none. */
    screened: jsonb('screened'),
  },
  (table) => [
    index('usage_calls_at').on(table.tenantId, table.at),
    index('usage_calls_run').on(table.tenantId, table.runId).where(sql`run_id is not null`),
    ownRows(),
  ],
);

/** Replies of models, kept for the same question. May hold documents' words: deleting a document empties it. */
export const replyCache = pgTable(
  'reply_cache',
  {
    tenantId: tenantId(),
    /** SHA-256 of everything the reply depends on, the access list included. */
    key: bytea('key').notNull(),
    reply: jsonb('reply').notNull(),
    /** What the row weighs: the reply's text and the question as UTF-8, and the vector. */
    bytes: integer('bytes').notNull().default(0),
    /** SHA-256 of the same without the question: paraphrases are looked for here. Null: exact hits only. */
    scope: bytea('scope'),
    question: text('question'),
    /** Of the question, float16, little-endian, unit length. */
    vector: bytea('vector'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.key] }),
    index('reply_cache_scope').on(table.tenantId, table.scope, table.createdAt),
    index('reply_cache_age').on(table.tenantId, table.createdAt),
    ownRows(),
  ],
);

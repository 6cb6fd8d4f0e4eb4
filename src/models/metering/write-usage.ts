import type { Transaction } from '../../store/index.ts';
import type { CallRecord } from '../door/ports.ts';
import { priceKeyOf } from './price-rows.ts';

/** A record with the id of its row. */
export interface UsageRow {
  readonly id: string;
  readonly record: CallRecord;
}

/** Writes rows of one tenant; those that are there already are left alone. @param priceIds by {@link priceKeyOf} */
export async function writeUsage(
  tx: Transaction,
  rows: readonly UsageRow[],
  priceIds: ReadonlyMap<string, string>,
): Promise<void> {
  const values = rows.map(({ id, record }) => {
    const { usage, price: _, at, latencyMs, firstTokenMs, ...rest } = record;
    return {
      ...rest,
      ...usage,
      id,
      at: new Date(at),
      latencyMs: Math.round(latencyMs),
      firstTokenMs: firstTokenMs === null ? null : Math.round(firstTokenMs),
      costNanoUsd: usage.costNanoUsd.toString(), // JSON has no integers beyond 2⁵³
      priceId: priceIds.get(priceKeyOf(record)),
    };
  });
  await tx.query(INSERT, [JSON.stringify(values)]);
}

const INSERT = `
  insert into usage_calls (tenant_id, id, call_id, at, user_id, principal_id, request_id, feature, run_id, task,
    provider, model, reason, fallback, attempts, latency_ms, first_token_ms, input_tokens, output_tokens,
    cached_input_tokens, cache_write_input_tokens, estimated, cost_nano_usd, price_id, cache, outcome, error_code, screened)
  select "tenantId", id, "callId", at, "userId", "principalId", "requestId", feature, "runId", task,
    provider, model, reason, fallback, attempts, "latencyMs", "firstTokenMs", "inputTokens", "outputTokens",
    "cachedInputTokens", coalesce("cacheWriteInputTokens", 0), estimated, "costNanoUsd", "priceId", cache, outcome, "errorCode", screened
  from jsonb_to_recordset($1::jsonb) as r("tenantId" uuid, id uuid, "callId" uuid, at timestamptz, "userId" text,
    "principalId" text, "requestId" text, feature text, "runId" text, task text, provider text, model text,
    reason text, fallback smallint, attempts smallint, "latencyMs" int, "firstTokenMs" int, "inputTokens" bigint,
    "outputTokens" bigint, "cachedInputTokens" bigint, "cacheWriteInputTokens" bigint, estimated boolean, "costNanoUsd" bigint, "priceId" uuid,
    cache text, outcome text, "errorCode" text, screened jsonb)
  on conflict (id) do nothing`;

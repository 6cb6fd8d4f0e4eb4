import type { TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';

/** By what usage can be grouped. Days are UTC. */
export const USAGE_GROUPS = ['feature', 'model', 'provider', 'user', 'run', 'task', 'cache', 'day'] as const;

/** One of {@link USAGE_GROUPS}. */
export type UsageGroup = (typeof USAGE_GROUPS)[number];

/** Which usage, and how it is summed up. */
export interface UsageQuery {
  readonly by: UsageGroup;
  /** Half-open, milliseconds since 1970 UTC: when the calls began. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Groups, 1 … 1000. */
  readonly limit: number;
  /** Key of the last group of the page before; null: from the start. */
  readonly after: string | null;
}

/** Sums over calls. Money is exact. */
export interface UsageSums {
  /** Models tried: a call that fell back counts once for each. */
  readonly calls: number;
  readonly inputTokens: number;
  /** Part of the input that providers read from their prompt caches. */
  readonly cachedInputTokens: number;
  /** Part of the input that providers wrote to their prompt caches. */
  readonly cacheWriteInputTokens: number;
  readonly outputTokens: number;
  readonly costNanoUsd: bigint;
}

/** One group. */
export interface UsageLine {
  /** The feature, model, … ; `2026-11-21` for a day; empty for calls that belong to no run. */
  readonly key: string;
  /** Calls whose usage the provider reported, or that used nothing. */
  readonly counted: UsageSums;
  /** Calls whose usage never arrived: the figures are our own estimates. */
  readonly estimated: UsageSums;
  /** Calls that did not end in an answer. */
  readonly failed: number;
  /** Calls our own cache answered. */
  readonly cacheHits: number;
  /** Median, milliseconds. */
  readonly latencyP50Ms: number;
  /** Median, milliseconds; null when nothing was streamed. */
  readonly firstTokenP50Ms: number | null;
}

/** A page of groups, ordered by key, and the sum over all groups. */
export interface UsagePage {
  readonly lines: readonly UsageLine[];
  /** Over the whole time asked for, not only this page. */
  readonly total: { readonly counted: UsageSums; readonly estimated: UsageSums };
  /** For the next page; null when this is the last. */
  readonly next: string | null;
}

type Whole = number | bigint;

interface SumRow {
  readonly estimated: boolean;
  readonly calls: Whole;
  readonly inputTokens: Whole;
  readonly cachedInputTokens: Whole;
  readonly cacheWriteInputTokens: Whole;
  readonly outputTokens: Whole;
  /** Text: a sum may be larger than a bigint column. */
  readonly costNanoUsd: string;
}

interface LineRow {
  readonly key: string;
  readonly sums: readonly SumRow[];
  readonly failed: Whole;
  readonly cacheHits: Whole;
  readonly latencyP50Ms: number;
  readonly firstTokenP50Ms: number | null;
}

/** Expressions of this table only; a caller's words never become SQL. */
const KEYS: Readonly<Record<UsageGroup, string>> = {
  feature: 'feature',
  model: 'model',
  provider: 'provider',
  user: 'user_id',
  run: `coalesce(run_id, '')`,
  task: 'task',
  cache: 'cache',
  day: `to_char(at at time zone 'UTC', 'YYYY-MM-DD')`,
};

/** The tenant's usage, grouped. */
export async function readUsage(database: Database, context: TenantContext, query: UsageQuery): Promise<UsagePage> {
  const span = [new Date(query.fromMs), new Date(query.toMs)];
  const [lines, totals] = await database.withTenant(context, async (tx) => [
    await tx.query<LineRow>(linesSql(KEYS[query.by]), [...span, query.after, query.limit + 1]),
    await tx.query<SumRow>(TOTALS, span),
  ]);
  const page = lines.slice(0, query.limit);
  return {
    lines: page.map(lineOf),
    total: splitOf(totals),
    next: lines.length > query.limit ? (page.at(-1)?.key ?? null) : null,
  };
}

function lineOf(row: LineRow): UsageLine {
  return {
    key: row.key,
    ...splitOf(row.sums),
    failed: Number(row.failed),
    cacheHits: Number(row.cacheHits),
    latencyP50Ms: row.latencyP50Ms,
    firstTokenP50Ms: row.firstTokenP50Ms,
  };
}

function splitOf(rows: readonly SumRow[]): { readonly counted: UsageSums; readonly estimated: UsageSums } {
  return {
    counted: sumsOf(rows.find(({ estimated }) => !estimated)),
    estimated: sumsOf(rows.find(({ estimated }) => estimated)),
  };
}

function sumsOf(row: SumRow | undefined): UsageSums {
  return {
    calls: Number(row?.calls ?? 0),
    inputTokens: Number(row?.inputTokens ?? 0),
    cachedInputTokens: Number(row?.cachedInputTokens ?? 0),
    cacheWriteInputTokens: Number(row?.cacheWriteInputTokens ?? 0),
    outputTokens: Number(row?.outputTokens ?? 0),
    costNanoUsd: BigInt(row?.costNanoUsd ?? '0'),
  };
}

const SUMS = `count(*) as calls, sum(input_tokens)::bigint as "inputTokens",
  sum(cached_input_tokens)::bigint as "cachedInputTokens",
  sum(cache_write_input_tokens)::bigint as "cacheWriteInputTokens", sum(output_tokens)::bigint as "outputTokens",
  sum(cost_nano_usd)::text as "costNanoUsd"`;

const TOTALS = `select estimated, ${SUMS} from usage_calls where at >= $1 and at < $2 group by estimated`;

/** Keys are compared byte by byte (`collate "C"`), so that pages follow each other the same way everywhere. */
function linesSql(key: string): string {
  return `
    with called as (
      select (${key}) collate "C" as key, u.* from usage_calls u
      where at >= $1 and at < $2 and ($3::text is null or (${key}) collate "C" > $3::text collate "C")),
    lines as (
      select key, count(*) filter (where outcome not in ('answered', 'cached')) as failed,
        count(*) filter (where outcome = 'cached') as "cacheHits",
        percentile_cont(0.5) within group (order by latency_ms) as "latencyP50Ms",
        percentile_cont(0.5) within group (order by first_token_ms) as "firstTokenP50Ms"
      from called group by key order by key limit $4),
    sums as (select key, estimated, ${SUMS} from called group by key, estimated)
    select l.*, (select jsonb_agg(to_jsonb(s) - 'key') from sums s where s.key = l.key) as sums
    from lines l order by l.key`;
}

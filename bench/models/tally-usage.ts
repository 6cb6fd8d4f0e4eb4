import type { CallRecord } from '../../src/models/index.ts';
import type { TestLogEntry } from '../../src/models/testing.ts';

/** The meter's records against the server's log. */
export interface Tally {
  /** Replies whose usage arrived, as the meter has them. */
  readonly counted: number;
  /** Calls whose tokens or cost are not exactly those of replies that the server sent. */
  readonly mismatches: readonly string[];
  readonly estimatedRows: number;
  readonly lostRows: number;
}

/** Nano-dollars per million tokens, reckoned here and not by what is measured. */
const INPUT = 123_456_789n;
const OUTPUT = 10_000_000_001n;

interface Amount {
  readonly tokens: number;
  readonly cost: bigint;
}

/**
 * Call by call: the rows that are not estimated have to be, to the nano-dollar, the sum of replies that the server sent
 * whole; what it sent and nobody counted has to stand in rows of its own (lost, aborted or estimated).
 */
export function tallyUsage(log: readonly TestLogEntry[], records: readonly CallRecord[]): Tally {
  const sent = Map.groupBy(log.filter(isWhole), nameOf);
  const mismatches: string[] = [];
  let counted = 0;
  for (const [name, rows] of Map.groupBy(records, ({ runId }) => runId ?? '')) {
    const replies = (sent.get(name) ?? []).map(amountOf);
    const exact = rows.filter(({ usage }) => !usage.estimated);
    const apart = rows.length - exact.length;
    const total = exact.map(({ usage }) => ({
      tokens: usage.inputTokens + usage.outputTokens,
      cost: usage.costNanoUsd,
    }));
    const uncounted = fewestLeftOut(replies, sum(total));
    if (uncounted === null) mismatches.push(`${name}: the rows are not a sum of replies`);
    else if (uncounted > apart)
      mismatches.push(`${name}: ${uncounted} replies were not counted, ${apart} rows stand for some`);
    counted += replies.length - (uncounted ?? 0);
  }
  const estimatedRows = records.filter(({ usage }) => usage.estimated).length;
  return { counted, mismatches, estimatedRows, lostRows: records.filter(({ outcome }) => outcome === 'lost').length };
}

function isWhole({ completed, usage }: TestLogEntry): boolean {
  return completed && usage !== null;
}

function nameOf({ call }: TestLogEntry): string {
  return /call-\d+-end/.exec(call.rawBody)?.[0] ?? '';
}

/** Embedding and rerank replies have no output tokens. */
function amountOf({ call, usage }: TestLogEntry): Amount {
  const input = usage?.inputTokens ?? 0;
  const output = call.kind === 'chat' ? (usage?.outputTokens ?? 0) : 0;
  const exact = BigInt(input) * INPUT + BigInt(output) * OUTPUT;
  return { tokens: input + output, cost: (exact + 999_999n) / 1_000_000n };
}

function sum(amounts: readonly Amount[]): Amount {
  return {
    tokens: amounts.reduce((all, { tokens }) => all + tokens, 0),
    cost: amounts.reduce((all, { cost }) => all + cost, 0n),
  };
}

/** How many replies have to be left out for the others to sum up to the total; null: no choice of replies does. */
function fewestLeftOut(replies: readonly Amount[], total: Amount): number | null {
  let fewest: number | null = null;
  for (let choice = 0; choice < 1 << replies.length; choice++) {
    const chosen = replies.filter((_, index) => (choice >> index) % 2 === 1);
    const { tokens, cost } = sum(chosen);
    const out = replies.length - chosen.length;
    if (tokens === total.tokens && cost === total.cost && (fewest === null || out < fewest)) fewest = out;
  }
  return fewest;
}

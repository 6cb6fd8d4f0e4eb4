import { PlumblineError } from '../../base/index.ts';
import { usdText } from '../metering/money.ts';
import type { Amounts, Dimension, Limits } from './amounts.ts';

/** Which rule refused a call, and what it would still allow. */
export interface Refusal {
  readonly rule: string;
  readonly per: string;
  readonly dimension: Dimension;
  readonly limit: bigint;
  /** Of what it limits; a call that needs no more than this would be let through now. */
  readonly left: Limits;
  /** When it starts anew, milliseconds since 1970; null: never (the budget of a request or run). */
  readonly resetAtMs: number | null;
  /** Length of its window in seconds; null when it has none. */
  readonly windowSeconds: number | null;
}

/**
 * A call needs more than a budget has left. `left` says what every rule together would still allow, so that a route
 * can take a cheaper model; `resetAtMs` when asking for the same again may succeed.
 */
export class BudgetExceeded extends PlumblineError {
  /** What all rules together still allow; what is missing has no limit. */
  readonly left: Limits;
  /** When all rules that refused have started anew, milliseconds since 1970; null: never. */
  readonly resetAtMs: number | null;

  /** @param refusals at least one, those that refused; @param left over all rules, also those that did not refuse */
  constructor(refusals: readonly Refusal[], left: Limits) {
    const [first] = refusals;
    if (first === undefined) throw new TypeError('A refusal without a rule that refused.');
    const resetAtMs = latest(refusals);
    super({
      code: 'budget.exceeded',
      kind: 'limit',
      message: sentenceOf(first, resetAtMs),
      details: {
        rule: first.rule,
        per: first.per,
        dimension: WORDS[first.dimension].name,
        limit: amountOf(first.dimension, first.limit),
        remaining: amountOf(first.dimension, first.left[first.dimension] ?? 0n),
        windowSeconds: first.windowSeconds,
        resetAt: resetAtMs === null ? null : new Date(resetAtMs).toISOString(),
      },
    });
    this.left = left;
    this.resetAtMs = resetAtMs;
  }
}

const WORDS: Readonly<Record<Dimension, { readonly name: string; readonly unit: string }>> = {
  tokens: { name: 'tokens', unit: 'tokens' },
  costNanoUsd: { name: 'costUsd', unit: 'dollars' },
  calls: { name: 'calls', unit: 'calls' },
  wallMs: { name: 'wallSeconds', unit: 'seconds of model time' },
};

function amountOf(dimension: Dimension, amount: bigint): number {
  if (dimension === 'costNanoUsd') return Number(usdText(amount));
  return dimension === 'wallMs' ? Number(amount) / 1000 : Number(amount);
}

function sentenceOf({ rule, per, dimension, limit, left }: Refusal, resetAtMs: number | null): string {
  const { unit } = WORDS[dimension];
  const remaining = amountOf(dimension, left[dimension] ?? 0n);
  const then =
    resetAtMs === null
      ? 'It is not renewed: ask for less, or raise it.'
      : `It is renewed at ${new Date(resetAtMs).toISOString()}.`;
  return `The budget ${JSON.stringify(rule)} (${unit} per ${per}) allows ${amountOf(dimension, limit)} and has ${remaining} left, which is too little for this call. ${then}`;
}

function latest(refusals: readonly Refusal[]): number | null {
  let at = 0;
  for (const { resetAtMs } of refusals) {
    if (resetAtMs === null) return null;
    at = Math.max(at, resetAtMs);
  }
  return at;
}

/** What every rule together still allows: the least of each. */
export function leastOf(lefts: readonly Limits[]): Limits {
  const least: { -readonly [D in keyof Amounts]?: bigint } = {};
  for (const left of lefts) {
    for (const [name, amount] of Object.entries(left) as [Dimension, bigint][]) {
      const before = least[name];
      if (before === undefined || amount < before) least[name] = amount;
    }
  }
  return least;
}

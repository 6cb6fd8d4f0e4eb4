/** What budgets count: tokens (in and out), nano-dollars, calls, and milliseconds that models worked. */
export interface Amounts {
  readonly tokens: bigint;
  readonly costNanoUsd: bigint;
  readonly calls: bigint;
  readonly wallMs: bigint;
}

/** One of the things budgets count. */
export type Dimension = keyof Amounts;

/** All of {@link Amounts}, in the order they are reported. */
export const DIMENSIONS: readonly Dimension[] = ['tokens', 'costNanoUsd', 'calls', 'wallMs'];

/** The most there may be of each; what is missing has no limit. */
export type Limits = Partial<Amounts>;

export const NOTHING: Amounts = { tokens: 0n, costNanoUsd: 0n, calls: 0n, wallMs: 0n };

export function plus(a: Amounts, b: Amounts): Amounts {
  return {
    tokens: a.tokens + b.tokens,
    costNanoUsd: a.costNanoUsd + b.costNanoUsd,
    calls: a.calls + b.calls,
    wallMs: a.wallMs + b.wallMs,
  };
}

export function minus(a: Amounts, b: Amounts): Amounts {
  return {
    tokens: a.tokens - b.tokens,
    costNanoUsd: a.costNanoUsd - b.costNanoUsd,
    calls: a.calls - b.calls,
    wallMs: a.wallMs - b.wallMs,
  };
}

/** Each amount by itself. */
export function each(make: (dimension: Dimension) => bigint): Amounts {
  return {
    tokens: make('tokens'),
    costNanoUsd: make('costNanoUsd'),
    calls: make('calls'),
    wallMs: make('wallMs'),
  };
}

export function isNothing(amounts: Amounts): boolean {
  return amounts.tokens === 0n && amounts.costNanoUsd === 0n && amounts.calls === 0n && amounts.wallMs === 0n;
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

import { type Amounts, each, type Limits, larger, smaller } from './amounts.ts';

/**
 * How much a lease takes beyond what is needed at once: an eighth of what remains (guided self-scheduling, Polychronopoulos
 * and Kuck 1987: shares shrink towards the end, so that little is stranded), and never more than a sixteenth of the
 * limit, which is what a node that dies can cost.
 */
const SHARE_OF_REMAINING = 8n;
const SHARE_OF_LIMIT = 16n;

/** What the ledger knows of an account when a node asks. */
export interface Standing {
  readonly max: Limits;
  /** Settled by all nodes in this window. */
  readonly settled: Amounts;
  /** Held by other nodes. */
  readonly others: Amounts;
  /** Held by this node. */
  readonly own: Amounts;
}

/** The outcome of a grant. */
export interface Grant {
  /** What this node holds now. */
  readonly held: Amounts;
  /** What is left for anyone. */
  readonly remaining: Amounts;
}

/** What a lease takes when nothing is needed at once. @param free what nobody holds or has spent, ≥ 0 */
export function shareOf(max: bigint, free: bigint): bigint {
  return smaller(free / SHARE_OF_REMAINING, max / SHARE_OF_LIMIT);
}

/**
 * Decides what a node gets: what it needs or a share, whichever is more, never beyond what remains. Unlimited
 * dimensions are never leased.
 * @param need missing for the calls that wait; nothing: the node holds on to what it has
 * @param topUp take a share also of what is not needed yet
 */
export function grant(standing: Standing, need: Amounts, topUp: boolean): Grant {
  const before = standing.own;
  const held = each((dimension) => {
    const max = standing.max[dimension];
    if (max === undefined) return 0n;
    const free = freeOf(standing, dimension, max);
    const wanted = need[dimension];
    if (wanted <= 0n && !topUp) return before[dimension];
    return before[dimension] + smaller(free, larger(wanted, shareOf(max, free)));
  });
  const remaining = each((dimension) => {
    const max = standing.max[dimension];
    if (max === undefined) return 0n;
    return larger(0n, freeOf(standing, dimension, max) - (held[dimension] - before[dimension]));
  });
  return { held, remaining };
}

function freeOf(standing: Standing, dimension: keyof Amounts, max: bigint): bigint {
  return larger(0n, max - standing.settled[dimension] - standing.others[dimension] - standing.own[dimension]);
}

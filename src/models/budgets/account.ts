import { type Amounts, DIMENSIONS, type Limits, larger, minus, NOTHING, plus } from './amounts.ts';
import type { QuotaRule } from './budget-rule.ts';
import type { BudgetWindow } from './budget-window.ts';
import { shareOf } from './grant.ts';

/** A lease is topped up when it holds less than so many calls like the last. */
const CALLS_AHEAD = 4n;

/** Names an account: a rule, who is counted, and the window. */
export interface AccountKey {
  readonly tenantId: string;
  readonly rule: string;
  /** User, feature, run or request; empty for the tenant as a whole. */
  readonly subject: string;
  readonly window: BudgetWindow;
}

/** What the database said of an account's lease. */
export interface Lease {
  /** What this node holds of the account, of the dimensions that have a limit. */
  readonly held: Amounts;
  /** What was left for anyone to take after that. */
  readonly remaining: Amounts;
  /** Until when the lease may be spent, milliseconds since 1970. */
  readonly untilMs: number;
}

/**
 * One node's view of one account: what it holds by lease, what calls in flight have set aside, what was spent and not
 * yet written to the ledger. `held − reserved − spent` is what a call may take without asking the database.
 */
export class Account {
  readonly key: AccountKey;
  readonly rule: QuotaRule;
  /** When it was last asked. */
  usedAtMs = 0;
  /** When the database last said what remains. */
  askedAtMs = Number.NEGATIVE_INFINITY;
  #lease: Lease = { held: NOTHING, remaining: NOTHING, untilMs: Number.NEGATIVE_INFINITY };
  #reserved = NOTHING;
  #spent = NOTHING;

  constructor(key: AccountKey, rule: QuotaRule) {
    this.key = key;
    this.rule = rule;
  }

  get max(): Limits {
    return this.rule.max;
  }

  /** Set aside by calls in flight. */
  get reserved(): Amounts {
    return this.#reserved;
  }

  /** Spent and not yet in the ledger. */
  get spent(): Amounts {
    return this.#spent;
  }

  get lease(): Lease {
    return this.#lease;
  }

  /** Whether a call may take this much now. */
  covers(most: Amounts, nowMs: number): boolean {
    for (const dimension of DIMENSIONS) {
      if (this.max[dimension] !== undefined && most[dimension] > this.#available(dimension, nowMs)) return false;
    }
    return true;
  }

  /** Whether it will soon have to ask the database for more, and there is more. */
  runsLow(most: Amounts, nowMs: number): boolean {
    return DIMENSIONS.some((dimension) => {
      const max = this.max[dimension];
      if (max === undefined || this.#available(dimension, nowMs) >= CALLS_AHEAD * most[dimension]) return false;
      return shareOf(max, this.#lease.remaining[dimension]) > 0n;
    });
  }

  /** What a call could get of each limited dimension, as far as is known here. */
  left(nowMs: number): Limits {
    const left: { -readonly [D in keyof Amounts]?: bigint } = {};
    for (const dimension of DIMENSIONS) {
      if (this.max[dimension] === undefined) continue;
      left[dimension] = larger(0n, this.#available(dimension, nowMs) + this.#lease.remaining[dimension]);
    }
    return left;
  }

  /** Sets aside what {@link covers} allowed. */
  reserve(most: Amounts, nowMs: number): void {
    this.#reserved = plus(this.#reserved, most);
    this.usedAtMs = nowMs;
  }

  /** Ends what `reserve` began. @param spent what was really used; null: nothing */
  end(most: Amounts, spent: Amounts | null): void {
    this.#reserved = minus(this.#reserved, most);
    if (spent !== null) this.#spent = plus(this.#spent, spent);
  }

  /** Takes over what the ledger has written and granted. @param settled the part of `spent` that is in the ledger now */
  renew(lease: Lease, settled: Amounts, nowMs: number): void {
    this.#lease = lease;
    this.#spent = minus(this.#spent, settled);
    this.askedAtMs = nowMs;
  }

  /** Stops spending the lease, before it is given back. */
  suspend(): void {
    this.#lease = { ...this.#lease, untilMs: Number.NEGATIVE_INFINITY };
  }

  #available(dimension: keyof Amounts, nowMs: number): bigint {
    const held = nowMs < this.#lease.untilMs ? this.#lease.held[dimension] : 0n;
    return held - this.#reserved[dimension] - this.#spent[dimension];
  }
}

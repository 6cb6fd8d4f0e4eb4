import type { TenantContext } from '../../base/index.ts';
import type { CallSubject } from '../door/ports.ts';
import { concerns } from './accounts.ts';
import { BudgetExceeded } from './budget-exceeded.ts';
import type { BudgetRule } from './budget-rule.ts';
import { Pace } from './pace.ts';

/** The token buckets of all rules. */
export class Paces {
  readonly #paces: readonly Pace[];

  constructor(rules: readonly BudgetRule[]) {
    this.#paces = rules.filter((rule) => rule.kind === 'pace').map((rule) => new Pace(rule));
  }

  /**
   * Takes a call out of each of the user's buckets, or out of none.
   * @returns puts it back, for a call that is not made
   * @throws PlumblineError `budget.exceeded`
   */
  take(context: TenantContext, subject: CallSubject, nowMs: number): () => void {
    const user = `${context.tenantId}\n${subject.userId}`;
    const taken: Pace[] = [];
    const putBack = () => {
      for (const pace of taken) pace.putBack(user);
    };
    for (const pace of this.#paces) {
      if (!concerns(pace.rule, context, subject)) continue;
      const againAtMs = pace.take(user, nowMs);
      if (againAtMs === null) taken.push(pace);
      else {
        putBack();
        throw tooFast(pace, againAtMs);
      }
    }
    return putBack;
  }
}

function tooFast({ rule }: Pace, againAtMs: number): BudgetExceeded {
  const { name, per, burst, calls, perMs } = rule;
  const refusal = {
    rule: name,
    per,
    dimension: 'calls',
    limit: BigInt(burst),
    left: { calls: 0n },
    resetAtMs: Math.ceil(againAtMs),
    windowSeconds: Math.ceil((burst * perMs) / calls / 1000),
  } as const;
  return new BudgetExceeded([refusal], refusal.left);
}

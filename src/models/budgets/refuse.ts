import type { Account } from './account.ts';
import { type Amounts, DIMENSIONS } from './amounts.ts';
import { BudgetExceeded, leastOf, type Refusal } from './budget-exceeded.ts';

/** What the database said is believed for so long, so that calls over budget do not ask it again each time. */
const BELIEVED_MS = 100;

/** Whether an account has been found too empty for a call, by what was lately learnt of it. */
export function wouldRefuse(account: Account, wanted: Amounts, nowMs: number): boolean {
  if (nowMs - account.askedAtMs >= BELIEVED_MS) return false;
  const left = account.left(nowMs);
  return DIMENSIONS.some((dimension) => {
    const amount = left[dimension];
    return amount !== undefined && wanted[dimension] > amount;
  });
}

/** The error that says which of the accounts refuse a call, when they start anew, and what all still allow. */
export function refuse(accounts: readonly Account[], wanted: Amounts, nowMs: number): BudgetExceeded {
  const refusals = accounts.flatMap((account) => refusalsOf(account, wanted, nowMs));
  return new BudgetExceeded(refusals, leastOf(accounts.map((account) => account.left(nowMs))));
}

function refusalsOf(account: Account, wanted: Amounts, nowMs: number): Refusal[] {
  const { rule, key } = account;
  const left = account.left(nowMs);
  const { startMs, endMs } = key.window;
  const resetAtMs = Number.isFinite(endMs) ? endMs : null;
  return DIMENSIONS.flatMap((dimension) => {
    const [limit, amount] = [rule.max[dimension], left[dimension]];
    if (limit === undefined || amount === undefined || wanted[dimension] <= amount) return [];
    const windowSeconds = resetAtMs === null ? null : (resetAtMs - startMs) / 1000;
    return [{ rule: rule.name, per: rule.per, dimension, limit, left, resetAtMs, windowSeconds }];
  });
}

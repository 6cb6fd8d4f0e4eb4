import type { TenantContext } from '../../base/index.ts';
import type { CallSubject } from '../door/ports.ts';
import { Account, type AccountKey } from './account.ts';
import { NOTHING, each } from './amounts.ts';
import type { BudgetRule, QuotaRule } from './budget-rule.ts';
import { ENDLESS, windowAt } from './budget-window.ts';

/** Requests whose budget is remembered; older ones are forgotten first. */
const MOST_REQUESTS = 10_000;

/** The accounts this node has open. Those of requests never leave it: a request lives on one node. */
export class Accounts {
  readonly #rules: readonly QuotaRule[];
  readonly #shared = new Map<string, Account>();
  readonly #requests = new Map<string, Account>();

  constructor(rules: readonly QuotaRule[]) {
    this.#rules = rules;
  }

  /** The accounts a call is counted on, opened when they are not. */
  of(context: TenantContext, subject: CallSubject, nowMs: number): Account[] {
    const accounts: Account[] = [];
    for (const rule of this.#rules) {
      if (!concerns(rule, context, subject)) continue;
      if (rule.per === 'request') accounts.push(this.#ofRequest(rule, context));
      else if (rule.per !== 'run' || subject.runId !== undefined) {
        accounts.push(this.#ofMany(rule, keyOf(rule, { context, subject, nowMs })));
      }
    }
    return accounts;
  }

  /** All that are kept in the ledger. */
  shared(): Iterable<Account> {
    return this.#shared.values();
  }

  /** Forgets an account that holds nothing. */
  drop(account: Account): void {
    this.#shared.delete(nameOf(account.key));
  }

  #ofMany(rule: QuotaRule, key: AccountKey): Account {
    const name = nameOf(key);
    let account = this.#shared.get(name);
    if (account === undefined) {
      account = new Account(key, rule);
      this.#shared.set(name, account);
    }
    return account;
  }

  #ofRequest(rule: QuotaRule, { tenantId, requestId }: TenantContext): Account {
    const key = { tenantId, rule: rule.name, subject: requestId, window: ENDLESS };
    const name = nameOf(key);
    let account = this.#requests.get(name);
    if (account === undefined) {
      account = new Account(key, rule);
      const held = each((dimension) => rule.max[dimension] ?? 0n);
      account.renew({ held, remaining: NOTHING, untilMs: Number.POSITIVE_INFINITY }, NOTHING, Number.POSITIVE_INFINITY);
      this.#requests.set(name, account);
      if (this.#requests.size > MOST_REQUESTS) this.#forgetOldestRequest();
    }
    return account;
  }

  #forgetOldestRequest(): void {
    const [oldest] = this.#requests.keys();
    if (oldest !== undefined) this.#requests.delete(oldest);
  }
}

/** Rules of the list of one kind. */
export function quotasOf(rules: readonly BudgetRule[]): QuotaRule[] {
  return rules.filter((rule) => rule.kind === 'quota');
}

/** Whether a rule is about this call. */
export function concerns({ only }: BudgetRule, context: TenantContext, subject: CallSubject): boolean {
  return (
    (only.tenantId === undefined || only.tenantId === context.tenantId) &&
    (only.userId === undefined || only.userId === subject.userId) &&
    (only.feature === undefined || only.feature === subject.feature)
  );
}

function keyOf(
  rule: QuotaRule,
  call: { readonly context: TenantContext; readonly subject: CallSubject; readonly nowMs: number },
): AccountKey {
  const window = rule.window === null ? ENDLESS : windowAt(rule.window, call.nowMs);
  return { tenantId: call.context.tenantId, rule: rule.name, subject: countedAs(rule, call.subject), window };
}

function countedAs(rule: QuotaRule, subject: CallSubject): string {
  if (rule.per === 'user') return subject.userId;
  if (rule.per === 'feature') return subject.feature;
  return rule.per === 'run' ? (subject.runId ?? '') : '';
}

function nameOf({ tenantId, rule, subject, window }: AccountKey): string {
  return `${tenantId}\n${window.startMs}\n${rule}\n${subject}`;
}

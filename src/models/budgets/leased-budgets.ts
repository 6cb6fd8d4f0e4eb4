import {
  type Clock,
  fromUnknown,
  type NewId,
  newId,
  PlumblineError,
  systemClock,
  type TenantContext,
} from '../../base/index.ts';
import type { Database } from '../../store/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { Budgets, CallCeiling, CallSubject, CallUsage, Reservation } from '../door/ports.ts';
import type { Account } from './account.ts';
import { Accounts, quotasOf } from './accounts.ts';
import { type Amounts, isNothing, NOTHING } from './amounts.ts';
import type { BudgetRule } from './budget-rule.ts';
import { type Errand, LEASE_MS, pruneLedger } from './ledger.ts';
import { LedgerQueue } from './ledger-queue.ts';
import { Paces } from './paces.ts';
import { refuse, wouldRefuse } from './refuse.ts';

/** How often spent amounts are settled and leases renewed or given back. */
const FLUSH_EVERY_MS = 1000;
/** A lease nobody used for this long is given back, so that other nodes get it. */
const IDLE_MS = 2000;
/** How often the ledger's old accounts are removed. */
const PRUNE_EVERY_MS = 3_600_000;
/** Turns in which others may take what was leased for a call before it gives up. */
const MOST_TURNS = 20;

/** What {@link LeasedBudgets} works with. */
export interface LeasedBudgetsOptions {
  readonly database: Database;
  readonly rules: readonly BudgetRule[];
  readonly log: Log;
  readonly clock?: Clock;
  readonly newId?: NewId;
  /** Milliseconds; default 1000. */
  readonly flushEveryMs?: number;
}

/** Too many calls compete for the same budget. */
class BudgetContended extends PlumblineError {
  constructor() {
    super({
      code: 'budget.contended',
      kind: 'retry',
      message: 'Too many calls ask for the same budget at the same moment. Try again.',
    });
  }
}

/**
 * {@link Budgets} on a ledger in the database. Calls take from leases in this process, which costs microseconds; the
 * database is asked when a lease runs out, and told what was spent every second. All nodes together never take more
 * than a budget has; a node that dies may have spent its lease, at most a sixteenth of the limit beyond what its calls
 * had set aside, without the ledger knowing. A node that cannot reach the database for as long as a lease lasts is taken
 * for dead: it spends no more of its lease, and what its calls in flight had set aside is others' to take.
 */
export class LeasedBudgets implements Budgets {
  readonly #options: LeasedBudgetsOptions;
  readonly #clock: Clock;
  readonly #nodeId: string;
  readonly #accounts: Accounts;
  readonly #paces: Paces;
  readonly #queues = new Map<string, LedgerQueue>();
  readonly #prunedAtMs = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: LeasedBudgetsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#nodeId = (options.newId ?? newId)();
    this.#accounts = new Accounts(quotasOf(options.rules));
    this.#paces = new Paces(options.rules);
  }

  /** @throws PlumblineError `budget.exceeded`, `budget.contended`; what the database throws when it cannot be asked */
  async reserve(context: TenantContext, subject: CallSubject, most: CallCeiling): Promise<Reservation> {
    const putBack = this.#paces.take(context, subject, this.#clock());
    try {
      return await this.#claim(context, subject, {
        tokens: BigInt(most.tokens),
        costNanoUsd: most.costNanoUsd,
        calls: 1n,
        wallMs: BigInt(Math.ceil(most.wallMs ?? 0)),
      });
    } catch (error) {
      putBack();
      throw error;
    }
  }

  /** Writes what was spent, renews leases in use and gives back idle ones. Done every second by itself. */
  async flush(): Promise<void> {
    await this.#send(this.#clock());
  }

  /** Settles everything and gives all leases back. Calls still in flight are no longer counted. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#send(Number.POSITIVE_INFINITY);
  }

  async #claim(context: TenantContext, subject: CallSubject, wanted: Amounts): Promise<Reservation> {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const nowMs = this.#clock();
      const accounts = this.#accounts.of(context, subject, nowMs);
      const short = accounts.filter((account) => !account.covers(wanted, nowMs));
      if (short.length === 0) return this.#hold(accounts, wanted, nowMs);
      if (short.some((account) => wouldRefuse(account, wanted, nowMs))) throw refuse(accounts, wanted, nowMs);
      await this.#queueOf(context.tenantId).ask(short.map((account) => ({ account, waiting: wanted, lease: 'keep' })));
    }
    throw new BudgetContended();
  }

  #hold(accounts: readonly Account[], wanted: Amounts, nowMs: number): Reservation {
    for (const account of accounts) {
      account.reserve(wanted, nowMs);
      if (account.runsLow(wanted, nowMs)) this.#topUp(account);
    }
    this.#wake();
    return new Held((spent) => {
      const wallMs = BigInt(Math.max(0, Math.round(this.#clock() - nowMs)));
      for (const account of accounts) account.end(wanted, spent === null ? null : { ...spent, wallMs });
    });
  }

  /** Asks for more before a call has to wait for it. */
  #topUp(account: Account): void {
    this.#queueOf(account.key.tenantId)
      .ask([{ account, waiting: NOTHING, lease: 'top-up' }])
      .catch(() => undefined); // The call that finds the lease empty asks again and is told.
  }

  async #send(nowMs: number): Promise<void> {
    const byTenant = Map.groupBy(this.#errands(nowMs), ({ account }) => account.key.tenantId);
    await Promise.all([...byTenant].map(([tenantId, errands]) => this.#queueOf(tenantId).ask(errands)));
    if (Number.isFinite(nowMs)) await this.#prune(nowMs, [...byTenant.keys()]);
  }

  #errands(nowMs: number): Errand[] {
    const errands: Errand[] = [];
    for (const account of this.#accounts.shared()) {
      const { lease, reserved, spent, usedAtMs, key } = account;
      const unused = isNothing(reserved) && nowMs - usedAtMs >= IDLE_MS;
      const over = nowMs >= key.window.endMs || !Number.isFinite(nowMs);
      const holds = !isNothing(lease.held);
      if ((unused || over) && (holds || !isNothing(spent))) {
        account.suspend();
        errands.push({ account, waiting: NOTHING, lease: 'give-back' });
      } else if (!isNothing(spent) || (holds && lease.untilMs - nowMs < LEASE_MS / 2)) {
        errands.push({ account, waiting: NOTHING, lease: 'keep' });
      } else if (unused) this.#accounts.drop(account);
    }
    return errands;
  }

  async #prune(nowMs: number, tenantIds: readonly string[]): Promise<void> {
    for (const tenantId of tenantIds) {
      if (nowMs - (this.#prunedAtMs.get(tenantId) ?? 0) < PRUNE_EVERY_MS) continue;
      this.#prunedAtMs.set(tenantId, nowMs);
      await pruneLedger(this.#options.database, contextOf(tenantId), nowMs);
    }
  }

  #queueOf(tenantId: string): LedgerQueue {
    let queue = this.#queues.get(tenantId);
    if (queue === undefined) {
      const { database } = this.#options;
      queue = new LedgerQueue({
        database,
        context: contextOf(tenantId),
        nodeId: this.#nodeId,
        clock: this.#clock,
      });
      this.#queues.set(tenantId, queue);
    }
    return queue;
  }

  /** Sees to it that the next flush comes, as long as there is something to flush. */
  #wake(): void {
    if (this.#timer !== null || this.#closed) return;
    this.#timer = setTimeout(() => void this.#tick(), this.#options.flushEveryMs ?? FLUSH_EVERY_MS).unref();
  }

  async #tick(): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      const { code, message } = fromUnknown(error);
      this.#options.log.warn('Budgets could not be settled; they will be.', { code, error: message });
    }
    this.#timer = null;
    const [open] = this.#accounts.shared();
    if (open !== undefined) this.#wake();
  }
}

/** A reservation that ends once. */
class Held implements Reservation {
  readonly #end: (spent: Omit<Amounts, 'wallMs'> | null) => void;
  #ended = false;

  constructor(end: (spent: Omit<Amounts, 'wallMs'> | null) => void) {
    this.#end = end;
  }

  settle({ inputTokens, outputTokens, costNanoUsd }: CallUsage): void {
    this.#once({ tokens: BigInt(inputTokens) + BigInt(outputTokens), costNanoUsd, calls: 1n });
  }

  release(): void {
    this.#once(null);
  }

  #once(spent: Omit<Amounts, 'wallMs'> | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#end(spent);
  }
}

/** Settling is done for the tenant, by nobody in particular. */
function contextOf(tenantId: string): TenantContext {
  return { tenantId, principalId: 'budgets', groups: [], requestId: 'budgets' };
}

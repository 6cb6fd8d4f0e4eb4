import type { Clock, TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';
import type { Account } from './account.ts';
import { plus } from './amounts.ts';
import { type Errand, visitLedger } from './ledger.ts';

/** What visits are made with. */
export interface LedgerQueueOptions {
  readonly database: Database;
  readonly context: TenantContext;
  readonly nodeId: string;
  readonly clock: Clock;
}

/**
 * One tenant's visits to the ledger: one at a time, and each does everything that was asked for while the one before
 * was under way, so that a thousand waiting calls cost one transaction.
 */
export class LedgerQueue {
  readonly #options: LedgerQueueOptions;
  #waiting = new Map<Account, Errand>();
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  constructor(options: LedgerQueueOptions) {
    this.#options = options;
  }

  /** Resolves when the errands are done. @throws what the database threw; nothing has changed then */
  ask(errands: readonly Errand[]): Promise<void> {
    for (const errand of errands) {
      const other = this.#waiting.get(errand.account);
      this.#waiting.set(errand.account, other === undefined ? errand : together(errand, other));
    }
    this.#next ??= this.#current.then(() => this.#visit());
    return this.#next;
  }

  #visit(): Promise<void> {
    const errands = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#next = null;
    const { database, context, nodeId, clock } = this.#options;
    const visit = visitLedger(database, context, { nodeId, nowMs: clock(), errands });
    this.#current = visit.catch(() => undefined);
    return visit;
  }
}

/** Two errands with one account: whoever wants more of the lease is heard. */
function together(a: Errand, b: Errand): Errand {
  const lease = (['top-up', 'keep', 'give-back'] as const).find((wish) => a.lease === wish || b.lease === wish);
  return { account: a.account, waiting: plus(a.waiting, b.waiting), lease: lease ?? 'keep' };
}

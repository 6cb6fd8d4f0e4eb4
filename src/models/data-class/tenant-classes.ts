import { setTimeout as wait } from 'node:timers/promises';
import type { TenantContext } from '../../base/index.ts';
import { type DataClass, strictestDataClass } from '../../guard/index.ts';
import type { Database, Transaction } from '../../store/index.ts';

/** What was read counts so long, in ms: a call of a model costs no query, and a stricter class counts a moment later everywhere. */
const HELD_MS = 1_000;
/** Organisations remembered at once; further ones push out those read first. */
const MOST_HELD = 10_000;

interface Held {
  /** By `performance.now()`: when reading began. */
  readonly at: number;
  readonly value: Promise<DataClass | null>;
}

/**
 * What organisations declare all their material to be. The door to models asks for each call, so that no caller can forget it. When
 * it cannot be read, the call fails.
 */
export class TenantClasses {
  readonly #database: Database;
  readonly #held = new Map<string, Held>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** What the organisation declares; null: nothing. */
  async of(context: TenantContext): Promise<DataClass | null> {
    const { tenantId } = context;
    const known = this.#held.get(tenantId);
    if (known !== undefined && performance.now() - known.at < HELD_MS) return await known.value;
    const value = this.#read(context);
    this.#hold(tenantId, { at: performance.now(), value });
    return await value;
  }

  /**
   * Declares it anew; null: nothing. What `beside` writes is committed with it. When this returns, every process keeps to it in every call that begins from now on: a
   * stricter class takes a second.
   */
  async declare(
    context: TenantContext,
    dataClass: DataClass | null,
    beside: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const before = await this.#read(context);
    await this.#database.withTenant(context, async (tx) => {
      await tx.query('update organisations set data_class = $2 where tenant_id = $1', [context.tenantId, dataClass]);
      await beside(tx);
    });
    this.#held.delete(context.tenantId);
    if (isStricter(dataClass, before)) await wait(HELD_MS);
  }

  #hold(tenantId: string, held: Held): void {
    this.#held.delete(tenantId);
    this.#held.set(tenantId, held);
    // Whoever asked hears of a failure; it is only not remembered.
    held.value.catch(() => this.#held.get(tenantId) === held && this.#held.delete(tenantId));
    const [first] = this.#held.keys();
    if (this.#held.size > MOST_HELD && first !== undefined) this.#held.delete(first);
  }

  async #read(context: TenantContext): Promise<DataClass | null> {
    const rows = await this.#database.readTenant<{ data_class: DataClass | null }>(
      context,
      'select data_class from organisations where tenant_id = $1',
      [context.tenantId],
    );
    return rows[0]?.data_class ?? null;
  }
}

function isStricter(one: DataClass | null, other: DataClass | null): boolean {
  if (one === null) return false;
  return other === null || (one !== other && strictestDataClass([one, other]) === one);
}

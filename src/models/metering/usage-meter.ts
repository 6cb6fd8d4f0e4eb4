import { fromUnknown, type NewId, newId, type TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { CallRecord, Meter } from '../door/ports.ts';
import { PriceRows } from './price-rows.ts';
import { type UsageRow, writeUsage } from './write-usage.ts';

/** Rows are written when the oldest has waited this long, or so many wait: a statement costs as much as 40 rows. */
const FLUSH_AFTER_MS = 250;
/** Rows of one statement: 4 ms of the embedded database, for which others wait. */
const BATCH_ROWS = 100;
/** Rows kept while the database cannot be reached; then the oldest are dropped, and the log says how many. */
const MOST_WAITING = 50_000;
/** Wait after a failed write. */
const RETRY_AFTER_MS = 1000;
/** Writes tried when closing. */
const CLOSING_TRIES = 3;

/** What {@link UsageMeter} works with. */
export interface UsageMeterOptions {
  readonly database: Database;
  readonly log: Log;
  readonly newId?: NewId;
}

/**
 * {@link Meter} into the `usage_calls` table. Recording is a push onto a list; rows are written in batches, at most
 * 250 ms later, and again when a write fails: an id given at recording keeps a row from being written twice.
 */
export class UsageMeter implements Meter {
  readonly #options: UsageMeterOptions;
  readonly #newId: NewId;
  readonly #prices: PriceRows;
  #waiting: UsageRow[] = [];
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: UsageMeterOptions) {
    this.#options = options;
    this.#newId = options.newId ?? newId;
    this.#prices = new PriceRows(this.#newId);
  }

  record(record: CallRecord): void {
    this.#waiting.push({ id: this.#newId(), record });
    if (this.#waiting.length > MOST_WAITING) this.#drop();
    if (this.#waiting.length === BATCH_ROWS) this.#flushSoon(0);
    else this.#flushSoon(FLUSH_AFTER_MS);
  }

  /** Writes all that was recorded before the call. @throws what the database threw; the rows are kept */
  async flush(): Promise<void> {
    const write = this.#writing.then(() => this.#writeAll());
    this.#writing = write.catch(() => this.#prices.forget());
    await write;
  }

  /** Writes what waits. Rows recorded afterwards are not written. @throws when it cannot be written, after three tries */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer();
    for (let tries = 1; ; tries++) {
      try {
        return await this.flush();
      } catch (error) {
        if (tries >= CLOSING_TRIES) throw error;
      }
    }
  }

  async #writeAll(): Promise<void> {
    const until = this.#waiting.length;
    for (let done = 0; done < until; ) {
      const batch = this.#waiting.slice(0, BATCH_ROWS);
      for (const [tenantId, rows] of Map.groupBy(batch, ({ record }) => record.tenantId)) {
        await this.#options.database.withTenant(contextOf(tenantId), async (tx) => {
          await writeUsage(
            tx,
            rows,
            await this.#prices.idsOf(
              tx,
              rows.map(({ record }) => record),
            ),
          );
        });
        const written = new Set(rows);
        this.#waiting = this.#waiting.filter((row) => !written.has(row));
      }
      done += batch.length;
    }
  }

  #flushSoon(afterMs: number): void {
    if (this.#closed) return;
    if (this.#timer !== null && afterMs > 0) return;
    this.#stopTimer();
    this.#timer = setTimeout(() => void this.#tick(), afterMs).unref();
  }

  async #tick(): Promise<void> {
    this.#timer = null;
    try {
      await this.flush();
    } catch (error) {
      const { code, message } = fromUnknown(error);
      this.#options.log.warn('Usage could not be written; it will be tried again.', { code, error: message });
      if (this.#waiting.length > 0) this.#flushSoon(RETRY_AFTER_MS);
    }
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #drop(): void {
    const lost = this.#waiting.splice(0, BATCH_ROWS).length;
    this.#options.log.error('The database takes no usage; rows were dropped.', { lost });
  }
}

/** Usage is written for the tenant, by nobody in particular. */
function contextOf(tenantId: string): TenantContext {
  return { tenantId, principalId: 'meter', groups: [], requestId: 'meter' };
}

import { EventEmitter, once } from 'node:events';
import { type Clock, systemClock, type TenantContext } from '../base/index.ts';
import type { Database, Transaction } from './database.ts';
import { jsonbOf } from './driver/codec.ts';
import type { Events, NewEvent, StoredEvent } from './events.ts';

/** How long a follower waits before it looks for what other nodes appended. */
const OTHER_NODES_POLL_MS = 1000;
const PAGE = 200;

interface EventRow {
  readonly seq: number;
  readonly tenantId: string;
  readonly type: string;
  readonly subjectId: string;
  readonly data: Record<string, unknown>;
  readonly createdAt: Date;
}

/** {@link Events} on the `events` table. Followers wake by `announce`; with several nodes they also look every second. */
export class SqlEvents implements Events {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #announced = new EventEmitter();

  constructor(database: Database, clock: Clock = systemClock) {
    this.#database = database;
    this.#clock = clock;
    this.#announced.setMaxListeners(0);
  }

  async append(tx: Transaction, context: TenantContext, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    // Numbers become visible in their order only when those who take them commit one after the other.
    if (this.#database.kind === 'postgres') {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [context.tenantId]);
    }
    const rows = events.map(({ type, subjectId, data }, ordinal) => ({ ordinal, type, subjectId, data: data ?? {} }));
    await tx.query(APPEND, [context.tenantId, new Date(this.#clock()), jsonbOf(rows)], { keepPlan: true });
  }

  announce(tenantId: string): void {
    this.#announced.emit(tenantId);
  }

  async read(context: TenantContext, afterSeq: number, limit: number): Promise<StoredEvent[]> {
    const rows = await this.#database.withTenant(context, (tx) =>
      tx.query<EventRow>(READ, [context.tenantId, afterSeq, limit]),
    );
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
  }

  async *follow(context: TenantContext, afterSeq: number, signal: AbortSignal): AsyncIterable<StoredEvent> {
    let after = afterSeq;
    while (!signal.aborted) {
      const wake = this.#nextNews(context.tenantId, signal);
      try {
        const page = await this.read(context, after, PAGE);
        yield* untilAborted(page, signal);
        after = page.at(-1)?.seq ?? after;
        if (page.length < PAGE) await wake.news;
      } finally {
        wake.stop();
      }
    }
  }

  /** Settles at the next announcement, or after a while when other nodes may have appended, or when stopped. */
  #nextNews(tenantId: string, signal: AbortSignal): { news: Promise<void>; stop: () => void } {
    const stopping = new AbortController();
    const until = AbortSignal.any([signal, stopping.signal]);
    const polled = this.#database.kind === 'postgres' ? [elapsed(OTHER_NODES_POLL_MS, until)] : [];
    const news = Promise.race([once(this.#announced, tenantId, { signal: until }), ...polled]).then(
      () => undefined,
      () => undefined,
    );
    return { news, stop: () => stopping.abort() };
  }
}

function elapsed(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

const APPEND = `
  insert into events (tenant_id, type, subject_id, data, created_at)
  select $1, e.type, e."subjectId", e.data, $2
  from jsonb_to_recordset($3::jsonb) as e(ordinal int, type text, "subjectId" uuid, data jsonb)
  order by e.ordinal`;

const READ = `
  select seq, tenant_id as "tenantId", type, subject_id as "subjectId", data, created_at as "createdAt"
  from events where tenant_id = $1 and seq > $2 order by seq limit $3`;

function* untilAborted(page: readonly StoredEvent[], signal: AbortSignal): Generator<StoredEvent> {
  for (const event of page) {
    if (signal.aborted) return;
    yield event;
  }
}

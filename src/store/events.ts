import type { TenantContext } from '../base/index.ts';
import type { Transaction } from './database.ts';

/** An event to append. */
export interface NewEvent {
  /** `noun.verb` */
  readonly type: string;
  readonly subjectId: string;
  /** Ids and numbers only, never document text. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** An event as stored. */
export interface StoredEvent extends NewEvent {
  readonly seq: number;
  readonly tenantId: string;
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number;
}

/** The `events` table with a wake-up in process. */
export interface Events {
  /** Appends inside the transaction. Subscribers hear of it after `announce`. */
  append(tx: Transaction, context: TenantContext, events: readonly NewEvent[]): Promise<void>;
  /** Tells subscribers in this process that the tenant has new events (call after the commit). */
  announce(tenantId: string): void;
  /** Events after `afterSeq` (exclusive), oldest first, at most `limit`. */
  read(context: TenantContext, afterSeq: number, limit: number): Promise<StoredEvent[]>;
  /** Yields events after `afterSeq` as they come until the signal aborts. */
  follow(context: TenantContext, afterSeq: number, signal: AbortSignal): AsyncIterable<StoredEvent>;
}

import { type Clock, fromUnknown, OperationTimedOut, systemClock, type TenantContext } from '../../base/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { CachedReply, CacheKey, ReplyCache } from '../door/ports.ts';
import { holdFence, readFence } from './erasure-fence.ts';
import type { Paraphrases } from './paraphrases.ts';
import { replyKeyOf, scopeOf } from './reply-key.ts';
import {
  bytesOf,
  findReply,
  nearestQuestions,
  type ParaphraseFields,
  type ReplyRow,
  trimReplies,
  writeReply,
} from './reply-rows.ts';

const DAY_MS = 86_400_000;
const DEFAULT_MAX_AGE_MS = 7 * DAY_MS;
const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;
/** A larger reply is not kept. */
const MAX_REPLY_BYTES = 256 * 1024;
/** A model is rarely faster. */
const DEFAULT_PATIENCE_MS = 1_000;
/** Replies waiting to be written at most; more are not kept. */
const MOST_WAITING = 256;
/** A tenant's size is looked at every so many writes. */
const TRIM_EVERY = 32;
/** A broken cache is spoken of this often. */
const WARN_EVERY_MS = 60_000;

/** What {@link SqlReplyCache} works with. */
export interface SqlReplyCacheOptions {
  readonly database: Database;
  readonly log: Log;
  readonly clock?: Clock;
  /** How long a reply is kept, ms; default 7 days. */
  readonly maxAgeMs?: number;
  /** What a tenant's replies weigh together at most; default 32 MiB. The oldest go first. */
  readonly maxBytes?: number;
  /** The longest a call waits for the cache, ms; default 1,000. */
  readonly patienceMs?: number;
  /** Lets a reply answer a paraphrase of its question; absent: equal calls only. */
  readonly paraphrases?: Paraphrases;
}

/** What was learnt when a key was asked for, for when its reply is kept. */
interface Asked {
  /** How many deletions there were; null: one was a moment ago. */
  readonly fence: number | null;
  readonly paraphrase: ParaphraseFields | null;
}

/** What the cache did since it was opened, over all tenants. */
export interface ReplyCacheCounts {
  readonly exactHits: number;
  readonly semanticHits: number;
  readonly misses: number;
  readonly kept: number;
  readonly evicted: number;
  readonly failures: number;
}

/**
 * {@link ReplyCache} on the `reply_cache` table. A reply is kept only under a key that was asked for before and when
 * nothing of the tenant was deleted meanwhile. Whatever fails, or takes longer than the patience, counts as a miss.
 */
export class SqlReplyCache implements ReplyCache {
  readonly #options: SqlReplyCacheOptions;
  readonly #clock: Clock;
  readonly #patienceMs: number;
  readonly #asked = new WeakMap<CacheKey, Asked>();
  readonly #writes = new Map<string, number>();
  readonly #counts = { exactHits: 0, semanticHits: 0, misses: 0, kept: 0, evicted: 0, failures: 0 };
  #waiting = 0;
  #writing: Promise<void> = Promise.resolve();
  #warnedAt = Number.NEGATIVE_INFINITY;

  constructor(options: SqlReplyCacheOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#patienceMs = options.patienceMs ?? DEFAULT_PATIENCE_MS;
  }

  /** What happened so far. */
  get counts(): ReplyCacheCounts {
    return { ...this.#counts };
  }

  async get(context: TenantContext, key: CacheKey): Promise<CachedReply | null> {
    const found = await this.#emptyIfBroken(() => within(this.#patienceMs, this.#find(context, key)));
    if (found === null) this.#counts.misses++;
    else this.#counts[found.hit === 'exact' ? 'exactHits' : 'semanticHits']++;
    return found;
  }

  put(context: TenantContext, key: CacheKey, reply: CachedReply): void {
    const { fence, paraphrase } = this.#asked.get(key) ?? { fence: null, paraphrase: null };
    const row: ReplyRow = { key: replyKeyOf(context, key), reply, paraphrase, ...this.#lifetime() };
    if (fence === null || this.#waiting >= MOST_WAITING || bytesOf(row) > MAX_REPLY_BYTES) return;
    this.#waiting++;
    this.#writing = this.#writing.then(async () => {
      await this.#emptyIfBroken(() => this.#keep(context, { row, fence }));
      this.#waiting--;
    });
  }

  /** Resolves when everything that was put is kept, or known not to be. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #find(context: TenantContext, key: CacheKey): Promise<CachedReply | null> {
    const { database } = this.#options;
    const now = this.#clock();
    const [exact, fence] = await database.withTenant(context, async (tx) => {
      const found = await findReply(tx, replyKeyOf(context, key), now);
      return [found, found === null ? await readFence(tx, now) : null] as const;
    });
    if (exact !== null) return { ...exact, hit: 'exact' };
    this.#asked.set(key, { fence, paraphrase: null });
    const paraphrase = await this.#paraphraseOf(context, key);
    if (paraphrase === null) return null;
    this.#asked.set(key, { fence, paraphrase });
    const kept = await database.withTenant(context, (tx) => this.#nearest(tx, paraphrase, now));
    return kept === null ? null : { ...kept, hit: 'semantic' };
  }

  async #paraphraseOf(context: TenantContext, key: CacheKey): Promise<ParaphraseFields | null> {
    const { paraphrases } = this.#options;
    const scope = scopeOf(context, key);
    if (paraphrases === undefined || key.question === null || scope === null) return null;
    const vector = await paraphrases.embed(key.question, AbortSignal.timeout(this.#patienceMs));
    return { scope, question: key.question, vector };
  }

  /** The reply to the nearest question that asks for the same. */
  async #nearest(tx: Transaction, asked: ParaphraseFields, now: number): Promise<Omit<CachedReply, 'hit'> | null> {
    const { threshold, asksTheSame } = this.#options.paraphrases as Paraphrases;
    const near = await nearestQuestions(tx, { ...asked, threshold, now });
    const same = near.find(({ question }) => asksTheSame(asked.question, question));
    return same === undefined ? null : await findReply(tx, same.key, now);
  }

  async #keep(context: TenantContext, kept: { readonly row: ReplyRow; readonly fence: number }): Promise<null> {
    const writes = (this.#writes.get(context.tenantId) ?? 0) + 1;
    const isTimeToTrim = writes % TRIM_EVERY === 1;
    const { maxBytes = DEFAULT_MAX_BYTES } = this.#options;
    await this.#options.database.withTenant(context, async (tx) => {
      if (!(await holdFence(tx, context, kept.fence))) return;
      await writeReply(tx, context, kept.row);
      this.#counts.kept++;
      if (isTimeToTrim) this.#counts.evicted += await trimReplies(tx, { now: this.#clock(), maxBytes });
    });
    this.#writes.set(context.tenantId, writes);
    return null;
  }

  #lifetime(): Pick<ReplyRow, 'createdAt' | 'expiresAt'> {
    const createdAt = this.#clock();
    return { createdAt, expiresAt: createdAt + (this.#options.maxAgeMs ?? DEFAULT_MAX_AGE_MS) };
  }

  async #emptyIfBroken<T>(work: () => Promise<T | null>): Promise<T | null> {
    try {
      return await work();
    } catch (thrown) {
      this.#counts.failures++;
      this.#warn(thrown);
      return null;
    }
  }

  #warn(thrown: unknown): void {
    const now = this.#clock();
    if (now - this.#warnedAt < WARN_EVERY_MS) return;
    this.#warnedAt = now;
    const { code, message } = fromUnknown(thrown);
    this.#options.log.warn('The cache of replies does not work; models are asked instead.', { code, error: message });
  }
}

/** @throws OperationTimedOut when it takes longer; the work itself goes on and is not waited for */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new OperationTimedOut('Looking into the cache of replies', timeoutMs)),
    timeoutMs,
  );
  work.catch(() => undefined); // when it fails after the wait nobody hears it
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

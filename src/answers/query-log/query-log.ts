import { type Clock, fromUnknown, type TenantContext } from '../../base/index.ts';
import { applyPrivacy, type PrivacyPolicy } from '../../guard/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { type MadeSearch, queryKey } from './logged-query.ts';

/** Searches are gathered so long before they are written. */
const GATHERED_MS = 500;
/** Different searches that wait to be written at most; further ones are not logged. */
const MOST_WAITING = 1_000;

/** What the log stands on. */
export interface QueryLogParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** What happens to personal data: a question with any that may not go anywhere as it is, is not kept. */
  readonly privacy: PrivacyPolicy;
}

interface Waiting {
  readonly key: string;
  readonly groups: readonly string[];
  readonly search: MadeSearch;
  times: number;
}

/**
 * Keeps what was searched for, for {@link warmCaches}: written a moment later, together, never in a search's way. A search is not kept
 * when a document it found is gone by then. Holds questions in memory for that moment; says none of them to the log.
 */
export class QueryLog {
  readonly #parts: QueryLogParts;
  /** By tenant, then by key. */
  readonly #waiting = new Map<string, Map<string, Waiting>>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: QueryLogParts) {
    this.#parts = parts;
  }

  /** Takes note of a search; one that found nothing is not worth making again. */
  note(context: TenantContext, search: MadeSearch): void {
    if (search.documentIds.length === 0) return;
    const groups = [...new Set(context.groups)].sort();
    const key = queryKey(search, groups);
    const ofTenant = this.#waiting.get(context.tenantId) ?? new Map<string, Waiting>();
    this.#waiting.set(context.tenantId, ofTenant);
    const known = ofTenant.get(key);
    if (known !== undefined) known.times += 1;
    else if (this.#size() < MOST_WAITING) ofTenant.set(key, { key, groups, search, times: 1 });
    this.#timer ??= setTimeout(() => void this.settled(), GATHERED_MS).unref();
  }

  /** Everything noted so far is written, or given up. */
  async settled(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const gathered = [...this.#waiting];
    this.#waiting.clear();
    this.#writing = this.#writing.then(async () => {
      for (const [tenantId, searches] of gathered) await this.#write(tenantId, [...searches.values()]);
    });
    await this.#writing;
  }

  #size(): number {
    return this.#waiting.values().reduce((sum, { size }) => sum + size, 0);
  }

  /** Never rejects: a search that is not logged is only not made in advance. */
  async #write(tenantId: string, gathered: readonly Waiting[]): Promise<void> {
    const { database, clock, log, privacy } = this.#parts;
    const context: TenantContext = { tenantId, principalId: 'query-log', groups: [], requestId: 'query-log' };
    try {
      const kept: Waiting[] = [];
      for (const each of gathered) if (await mayKeep(each.search.query.question, privacy)) kept.push(each);
      if (kept.length > 0) await database.withTenant(context, (tx) => writeRows(tx, tenantId, { kept, at: clock() }));
    } catch (error) {
      log.warn('Searches could not be logged.', { code: fromUnknown(error).code });
    }
  }
}

/** Whether the policy would let the question out as it is. */
async function mayKeep(question: string, privacy: PrivacyPolicy): Promise<boolean> {
  try {
    const { spans } = await applyPrivacy([{ role: 'user', content: question }], privacy);
    return spans.length === 0;
  } catch {
    return false;
  }
}

/** Keeps the documents from being deleted until the rows are written, so that their deletion finds the rows. */
const HOLD = 'select id from documents where id = any($1::uuid[]) order by id for key share';

const WRITE = `
insert into query_log (tenant_id, key, collection_id, query, groups, document_ids, times, first_at, last_at)
select $1, decode(q.key, 'hex'), q.collection, q.query, q.groups, q.documents, q.times, $3, $3
  from jsonb_to_recordset($2::jsonb)
       as q(key text, collection uuid, query jsonb, groups text[], documents uuid[], times int)
 order by q.key
on conflict (tenant_id, key) do update
   set times = query_log.times + excluded.times, last_at = excluded.last_at, document_ids = excluded.document_ids`;

async function writeRows(
  tx: Transaction,
  tenantId: string,
  { kept, at }: { readonly kept: readonly Waiting[]; readonly at: number },
): Promise<void> {
  const wanted = [...new Set(kept.flatMap(({ search }) => search.documentIds))];
  const held = await tx.query<{ id: string }>(HOLD, [wanted]);
  const there = new Set(held.map(({ id }) => id));
  const rows = kept
    .filter(({ search }) => search.documentIds.every((id) => there.has(id)))
    .map(({ key, groups, search, times }) => ({
      key,
      collection: search.collectionId,
      query: search.query,
      groups,
      documents: [...new Set(search.documentIds)],
      times,
    }));
  if (rows.length > 0) await tx.query(WRITE, [tenantId, JSON.stringify(rows), new Date(at)]);
}

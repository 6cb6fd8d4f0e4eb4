import { forEachConcurrent, fromUnknown, type TenantContext } from '../../base/index.ts';
import type { Collection } from '../../ingest/index.ts';
import type { ModelCalls } from '../../models/index.ts';
import { planOf, type RetrievalPlan } from '../../retrieval/index.ts';
import { retrieveAlone } from '../evidence/retrieve.ts';
import type { AnswerServices } from '../services.ts';
import type { LoggedQuery } from './logged-query.ts';
import { LOGGED_MS } from './prune-query-log.ts';

/** Which of a collection's logged searches are made again, the most made first. */
export interface Warming {
  readonly collection: Collection;
  /** How many are passed over; 0: none. */
  readonly from: number;
  /** How many are made at most, 1…1,000. */
  readonly count: number;
  readonly signal: AbortSignal;
}

/** What warming did. */
export interface Warmed {
  /** Searches of the collection in the log. */
  readonly logged: number;
  /** Made now, and kept if there was room. */
  readonly warmed: number;
  /** Kept already. */
  readonly kept: number;
  /** Not made: they would ask a model that costs, or they are refused by now. */
  readonly skipped: number;
  /** `from` of the next call; null: all were gone through. */
  readonly next: number | null;
  /**
   * True: words of documents are still being counted, or the index was written a moment ago; what is found now would not be of use
   * afterwards. Nothing was made; ask again.
   */
  readonly isCounting: boolean;
}

interface Row {
  readonly query: LoggedQuery;
  readonly groups: string[];
}

/** Searches at the same time: readers come first. */
const AT_ONCE = 2;
/** A call waits so long for words to be counted. */
const PATIENCE_MS = 2_000;

const OF_COLLECTION = 'from query_log where collection_id = $1 and last_at >= $2';
const COUNT = `select count(*)::int as logged ${OF_COLLECTION}`;
const MOST_MADE = `select query, groups ${OF_COLLECTION} order by times desc, last_at desc, key offset $3 limit $4`;

/**
 * Makes the searches again that were made most often, each with the access list it was made with, as of now, so that the next one
 * finds its vector and its result kept. Shows nobody what was found, logs nothing, asks no model that costs.
 * @throws OperationAborted
 */
export async function warmCaches(
  services: AnswerServices,
  context: TenantContext,
  { collection, from, count, signal }: Warming,
): Promise<Warmed> {
  await services.queryLog?.settled();
  const since = new Date(services.clock() - LOGGED_MS);
  const [logged, rows] = await services.database.withTenant(context, async (tx) => {
    const [counted] = await tx.query<{ logged: number }>(COUNT, [collection.id, since]);
    return [counted?.logged ?? 0, await tx.query<Row>(MOST_MADE, [collection.id, since, from, count])];
  });
  if (rows.length > 0 && !(await isSettled(services, context, collection.id))) {
    return { logged, warmed: 0, kept: 0, skipped: 0, next: from, isCounting: true };
  }
  const counts = { warmed: 0, kept: 0, skipped: 0 };
  await forEachConcurrent(rows, AT_ONCE, async ({ query, groups }) => {
    signal.throwIfAborted();
    const reader = { ...context, principalId: 'warm', groups };
    counts[await madeAgain(services, reader, { collection, query, signal })] += 1;
  });
  const next = from + rows.length;
  return { logged, ...counts, next: rows.length > 0 && next < logged ? next : null, isCounting: false };
}

async function madeAgain(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly collection: Collection; readonly query: LoggedQuery; readonly signal: AbortSignal },
): Promise<'warmed' | 'kept' | 'skipped'> {
  const { collection, query, signal } = given;
  try {
    if (asksAModel(services.modelsFor(collection), planOf(collection.settings.retrieval, query.settings)))
      return 'skipped';
    const unlogged = { ...services, queryLog: null };
    const search = { ...query, collection, asOf: services.clock(), after: null, signal };
    return (await retrieveAlone(unlogged, context, search)).isKept ? 'kept' : 'warmed';
  } catch (error) {
    signal.throwIfAborted();
    services.log.warn('A logged search could not be made again.', { code: fromUnknown(error).code });
    return 'skipped';
  }
}

function asksAModel(models: Pick<ModelCalls, 'has'>, { rerank, rewriting }: RetrievalPlan): boolean {
  return (rerank > 0 && models.has('rerank')) || (rewriting.length > 0 && models.has('rewrite'));
}

/** Whether what is found now is kept, and of use: the index at rest, the words of its documents counted, after a moment's wait. */
async function isSettled(
  { words, searches }: AnswerServices,
  context: TenantContext,
  collectionId: string,
): Promise<boolean> {
  if (!(await searches.isSettled(context, collectionId))) return false;
  await words.of(context, collectionId);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  return await Promise.race([words.idle().then(() => true), late]).finally(() => clearTimeout(timer));
}

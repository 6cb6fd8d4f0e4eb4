import type { TenantContext } from '../../base/index.ts';
import type { IndexScope } from '../../retrieval/index.ts';
import type { IngestServices } from '../services.ts';
import { HAS_TEXT } from './chunk-state.ts';

/** How an index differs from the store; all zero: equal. Counts of chunks. */
export interface IndexComparison {
  /** Chunks of the store that say they are indexed. */
  readonly stored: number;
  /** In the store as indexed, but not in the index. */
  readonly missing: number;
  /** In the index, but not in the store. */
  readonly surplus: number;
  /** More than once in the index. */
  readonly duplicated: number;
}

const PAGE = 5000;

/** Compares what the store says is indexed with what the index holds, words and vectors. */
export async function compareIndex(
  services: Pick<IngestServices, 'database' | 'index'>,
  context: TenantContext,
  scope: IndexScope,
): Promise<{ readonly text: IndexComparison; readonly vectors: IndexComparison }> {
  const compare = async (part: 'text' | 'vectors', indexed: string): Promise<IndexComparison> => {
    const stored = storedIds(services, context, { collectionId: scope.collectionId, indexed });
    return await compareSorted(stored, indexedIds(services, scope, part));
  };
  return {
    text: await compare('text', HAS_TEXT),
    vectors: await compare('vectors', 'index_state = 2'),
  };
}

/** Merges two ascending sequences of ids and counts where they differ. Pure but for what feeds it. */
export async function compareSorted(
  stored: AsyncIterable<string>,
  indexed: AsyncIterable<string>,
): Promise<IndexComparison> {
  const counts = { stored: 0, missing: 0, surplus: 0, duplicated: 0 };
  const right = indexed[Symbol.asyncIterator]();
  let next = await right.next();
  let last: string | null = null;
  const skipWhile = async (take: (id: string) => boolean): Promise<void> => {
    while (next.done !== true && (next.value === last || take(next.value))) {
      if (next.value === last) counts.duplicated++;
      else counts.surplus++;
      last = next.value;
      next = await right.next();
    }
  };
  for await (const id of stored) {
    counts.stored++;
    await skipWhile((other) => other < id);
    if (next.done === true || next.value !== id) counts.missing++;
    else {
      last = id;
      next = await right.next();
    }
  }
  await skipWhile(() => true);
  return counts;
}

async function* storedIds(
  services: Pick<IngestServices, 'database'>,
  context: TenantContext,
  which: { readonly collectionId: string; readonly indexed: string },
): AsyncGenerator<string> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const parameters = [which.collectionId, after, PAGE];
    const rows = await services.database.withTenant(context, (tx) =>
      tx.query<{ id: string }>(
        `select id from chunks where collection_id = $1 and ${which.indexed} and id > $2 order by id limit $3`,
        parameters,
      ),
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const { id } of rows) yield id;
    after = last.id;
  }
}

async function* indexedIds(
  services: Pick<IngestServices, 'index'>,
  scope: IndexScope,
  part: 'text' | 'vectors',
): AsyncGenerator<string> {
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await services.index.listIds(scope, part, { after, limit: PAGE });
    const last = ids.at(-1);
    if (last === undefined) return;
    yield* ids;
    after = last;
  }
}

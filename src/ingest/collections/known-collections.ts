import type { TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';

/** So many are remembered, of all tenants. */
const MOST_KNOWN = 1_000;

/**
 * What was read of collections, where no other process can write: with the embedded database. Who writes to a collection says so once
 * it is committed ({@link forgetCollections}), so that what is remembered is what a read would find.
 */
interface Known<T> {
  /** How many writes have ended. */
  writes: number;
  readonly found: Map<string, T>;
}

const knownOf = new WeakMap<Database, Known<unknown>>();

/** What is remembered by this key, or what `read` finds; undefined: nothing, which is not remembered. */
export async function rememberedCollection<T>(
  database: Database,
  { tenantId }: TenantContext,
  { key, read }: { readonly key: string; readonly read: () => Promise<T | undefined> },
): Promise<T | undefined> {
  if (database.kind !== 'pglite') return await read();
  const known = (knownOf.get(database) ?? begin(database)) as Known<T>;
  const place = `${tenantId}/${key}`;
  const remembered = known.found.get(place);
  if (remembered !== undefined) return remembered;
  const { writes } = known;
  const found = await read();
  // A write that ended meanwhile may be one that this read did not see.
  if (found === undefined || writes !== known.writes) return found;
  if (known.found.size >= MOST_KNOWN) known.found.clear();
  known.found.set(place, found);
  return found;
}

/** Said after each write to a collection, once it is committed. */
export function forgetCollections(database: Database): void {
  const known = knownOf.get(database) ?? begin(database);
  known.writes += 1;
  known.found.clear();
}

function begin(database: Database): Known<unknown> {
  const known = { writes: 0, found: new Map<string, unknown>() };
  knownOf.set(database, known);
  return known;
}

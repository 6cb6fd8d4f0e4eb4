import type { TenantContext } from '../../base/index.ts';
import { type Collection, DEFAULT_COLLECTION } from '../../ingest/index.ts';
import type { Platform } from '../../platform.ts';

/**
 * The collection a request means: the named one; else `documents` when it holds anything; else the only other one.
 * @throws PlumblineError `collection.not-found`
 */
export async function collectionToRead(
  platform: Platform,
  context: TenantContext,
  name: string | undefined,
): Promise<Collection> {
  if (name !== undefined) return await platform.ingest.collection(context, name);
  const all = await platform.ingest.collections(context);
  const filled = all.filter((each) => each.documents > 0);
  return (
    filled.find((each) => each.name === DEFAULT_COLLECTION) ??
    filled[0] ??
    (await platform.ingest.collection(context, all[0]?.name ?? DEFAULT_COLLECTION))
  );
}

/** The collection a write goes to, made when it does not exist; `documents` when none is named. */
export async function collectionToWrite(
  platform: Platform,
  context: TenantContext,
  name: string | undefined,
): Promise<Collection> {
  return await platform.ingest.ensureCollection(context, { name: name ?? DEFAULT_COLLECTION });
}

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
  return name === undefined
    ? await platform.ingest.collectionToRead(context)
    : await platform.ingest.collection(context, name);
}

/** The collection a write goes to, made when it does not exist; `documents` when none is named. */
export async function collectionToWrite(
  platform: Platform,
  context: TenantContext,
  name: string | undefined,
): Promise<Collection> {
  return await platform.ingest.ensureCollection(context, { name: name ?? DEFAULT_COLLECTION });
}

import type { TenantContext } from '../../base/index.ts';
import type { Intake } from '../pipeline/store-and-announce.ts';
import { removeUnreferenced } from './finish-erasure.ts';

const BATCH = 500;

/**
 * Removes blobs that an interrupted ingestion left behind: written before `writtenBefore`, referred to by nothing.
 * @param writtenBefore milliseconds since 1970 UTC; the start of this process, so that nothing in hand is touched
 */
export async function sweepBlobs(
  intake: Pick<Intake, 'services' | 'holds'>,
  context: TenantContext,
  options: { readonly writtenBefore: number; readonly signal: AbortSignal },
): Promise<void> {
  let batch: string[] = [];
  for await (const blob of intake.services.blobs.list(context.tenantId)) {
    if (options.signal.aborted) return;
    if (blob.modifiedAt >= options.writtenBefore) continue;
    batch.push(blob.sha256);
    if (batch.length < BATCH) continue;
    await removeUnreferenced(intake, context, batch);
    batch = [];
  }
  if (batch.length > 0) await removeUnreferenced(intake, context, batch);
}

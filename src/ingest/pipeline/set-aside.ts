import { fromUnknown, type PlumblineError } from '../../base/index.ts';
import { quarantineFile } from '../quarantine/quarantine.ts';
import type { IngestServices } from '../services.ts';
import type { HoldingDestination } from './prepare-document.ts';

/** A file that failed, with as much of it as was had. */
export interface FailedFile {
  readonly externalId: string;
  readonly sourceId: string | null;
  readonly sourceState: string | null;
  readonly declaredType: string | undefined;
  readonly bytes: Uint8Array | null;
  /** Size as listed, when the bytes were not read. */
  readonly size: number;
}

/** Failures that say something about the file; all others say something about us and must be heard. */
const ABOUT_THE_FILE = new Set(['caller', 'limit', 'tell-model']);

/** Whether a failure belongs to the file, so that the file is set aside and the others go on. */
function isAboutTheFile(error: PlumblineError): boolean {
  return ABOUT_THE_FILE.has(error.kind) && error.code !== 'operation.aborted';
}

/**
 * Puts a file that failed into quarantine with its bytes, or throws on when the failure is not the file's.
 * @returns its quarantine id and the failure
 */
export async function setAside(
  services: IngestServices,
  to: HoldingDestination,
  failed: FailedFile & { readonly thrown: unknown },
): Promise<{ readonly id: string; readonly error: PlumblineError }> {
  const error = fromUnknown(failed.thrown);
  if (!isAboutTheFile(error)) throw error;
  const { tenantId } = to.context;
  const originalSha256 = failed.bytes === null ? null : await hashOf(failed.bytes);
  if (failed.bytes !== null && originalSha256 !== null) {
    await to.hold.keep(originalSha256);
    await services.blobs.put(tenantId, failed.bytes, originalSha256);
  }
  const id = await quarantineFile(services, to.context, {
    collectionId: to.collection.id,
    sourceId: failed.sourceId,
    externalId: failed.externalId,
    originalSha256,
    bytes: failed.bytes?.byteLength ?? failed.size,
    declaredType: failed.declaredType ?? null,
    sourceState: failed.sourceState,
    error,
  });
  return { id, error };
}

/** Hashed off the main thread: a file may be large. */
async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Buffer.from(digest).toString('hex');
}

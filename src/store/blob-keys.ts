import { hash, subtle } from 'node:crypto';
import { isId, PlumblineError } from '../base/index.ts';

/** No bytes with this hash belong to the tenant. */
export class BlobNotFound extends PlumblineError {
  constructor(sha256: string) {
    super({
      code: 'blob.not-found',
      kind: 'caller',
      message: `No stored bytes have the SHA-256 ${sha256}. They were deleted, or never stored for this tenant.`,
      details: { sha256 },
    });
  }
}

/** A tenant id or hash that cannot be part of a path. */
class BlobKeyInvalid extends PlumblineError {
  constructor() {
    super({
      code: 'blob.invalid-key',
      kind: 'fatal',
      message: 'Bytes are addressed by a tenant’s UUID and a SHA-256 of 64 lower-case hex digits; this was neither.',
    });
  }
}

/** Larger bytes are hashed off the main thread. */
const HASH_INLINE_MAX_BYTES = 64 * 1024;

/**
 * Refuses what cannot be part of a path: a tenant that is no UUID, a hash that is none.
 * @throws PlumblineError `blob.invalid-key`
 */
export function checkBlobKey(tenantId: string, sha256?: string): void {
  if (!isId(tenantId)) throw new BlobKeyInvalid();
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) throw new BlobKeyInvalid();
}

/** SHA-256 of bytes in hex. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  if (bytes.length <= HASH_INLINE_MAX_BYTES) return hash('sha256', bytes, 'hex');
  return Buffer.from(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');
}

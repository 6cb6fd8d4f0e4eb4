/** Bytes whose SHA-256 (hex) is known. */
export interface HashedBytes {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** A stretch of a blob, half-open, in bytes; `start` lies before the blob's end. */
export interface BlobPart {
  readonly start: number;
  readonly end: number;
}

/** Immutable bytes by content, kept apart per tenant. A port; adapters: a folder on disk, an S3-compatible bucket. */
export interface Blobs {
  /** Stores bytes under their SHA-256; storing the same bytes again costs nothing. @returns the hash in hex */
  put(tenantId: string, bytes: Uint8Array, sha256?: string): Promise<string>;
  /**
   * Stores many at once, which costs a fraction of as many puts. When it returns all are there; when it throws, any may
   * be. The bytes are only read.
   */
  putAll(tenantId: string, blobs: readonly HashedBytes[]): Promise<void>;
  /** @throws PlumblineError `blob.not-found` */
  get(tenantId: string, sha256: string): Promise<Uint8Array>;
  /**
   * Some of the bytes: from `start` to before `end`, fewer where the blob ends before.
   * @throws PlumblineError `blob.not-found`
   */
  getPart(tenantId: string, sha256: string, part: BlobPart): Promise<Uint8Array>;
  has(tenantId: string, sha256: string): Promise<boolean>;
  /** Removes the bytes for good; no error when they are not there. */
  remove(tenantId: string, sha256: string): Promise<void>;
  /** Every blob of a tenant, in no order. */
  list(
    tenantId: string,
  ): AsyncIterable<{ readonly sha256: string; readonly bytes: number; readonly modifiedAt: number }>;
}

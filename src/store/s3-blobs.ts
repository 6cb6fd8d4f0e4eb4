import type * as S3 from '@aws-sdk/client-s3';
import { forEachConcurrent, fromUnknown, PlumblineError } from '../base/index.ts';
import { BlobNotFound, checkBlobKey, digestOf } from './blob-keys.ts';
import type { BlobPart, Blobs, HashedBytes } from './blobs.ts';

/** Where an S3-compatible storage is and who logs in. */
export interface S3Access {
  /** Null: Amazon's own for the region. */
  readonly endpoint: string | null;
  readonly region: string;
  /** Null: what the machine provides (environment, profile, role), as Amazon's tools look for it. */
  readonly login: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

/** A place in a bucket. */
export interface S3Place {
  readonly bucket: string;
  /** Without slashes at its ends; '': the whole bucket. */
  readonly prefix: string;
}

/** One request, its retries included; a version's original may have 64 MB. */
const TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** Requests under way at the same time for one batch. */
const AT_ONCE = 16;
/** Smaller ones are sent whether they are there or not: asking takes as long. */
const ASK_FIRST_BYTES = 64 * 1024;

/** The storage refused, or did not answer. */
class BlobStorageFailed extends PlumblineError {
  constructor(what: string, cause: unknown) {
    super({
      code: 'blob.storage-failed',
      kind: 'retry',
      message:
        `The object storage did not ${what}: ${fromUnknown(cause).message}. Check PLUMB_BLOBS, PLUMB_S3_ENDPOINT and the ` +
        'login, and that the bucket exists; then try again.',
      cause,
    });
  }
}

/** The library, which takes 150 ms to load and is not needed where blobs are on disk, and a client of it. */
interface Storage {
  readonly s3: typeof S3;
  readonly client: S3.S3Client;
}

interface CallOptions {
  readonly abortSignal: AbortSignal;
}

async function openStorage({ endpoint, region, login }: S3Access): Promise<Storage> {
  const s3 = await import('@aws-sdk/client-s3');
  const client = new s3.S3Client({
    region,
    // Without an address of their own per bucket, which local servers do not have.
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    ...(login === null ? {} : { credentials: login }),
    // Newer checksums are refused by some compatible servers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 4,
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: TIMEOUT_MS },
  });
  return { s3, client };
}

/** {@link Blobs} in an S3-compatible bucket: `<prefix>/<tenant>/<first two digits>/<sha-256>`. A put is there whole or not at all. */
export class S3Blobs implements Blobs {
  readonly #place: S3Place;
  readonly #access: S3Access;
  #opening: Promise<Storage> | undefined;

  constructor(place: S3Place, access: S3Access) {
    this.#place = place;
    this.#access = access;
  }

  async put(tenantId: string, bytes: Uint8Array, sha256?: string): Promise<string> {
    const digest = sha256 ?? (await digestOf(bytes));
    const at = this.#addressOf(tenantId, digest);
    if (bytes.length >= ASK_FIRST_BYTES && (await this.has(tenantId, digest))) return digest;
    await this.#call('store bytes', ({ s3, client, options }) =>
      client.send(new s3.PutObjectCommand({ ...at, Body: bytes }), options),
    );
    return digest;
  }

  async putAll(tenantId: string, blobs: readonly HashedBytes[]): Promise<void> {
    for (const { sha256 } of blobs) checkBlobKey(tenantId, sha256);
    const distinct = [...new Map(blobs.map((blob) => [blob.sha256, blob])).values()];
    await forEachConcurrent(distinct, AT_ONCE, async ({ bytes, sha256 }) => {
      await this.put(tenantId, bytes, sha256);
    });
  }

  async get(tenantId: string, sha256: string): Promise<Uint8Array> {
    return await this.#get(tenantId, sha256, {});
  }

  async getPart(tenantId: string, sha256: string, { start, end }: BlobPart): Promise<Uint8Array> {
    if (end <= start) return new Uint8Array();
    return await this.#get(tenantId, sha256, { Range: `bytes=${start}-${end - 1}` });
  }

  async has(tenantId: string, sha256: string): Promise<boolean> {
    const at = this.#addressOf(tenantId, sha256);
    return await this.#call('say what is there', async ({ s3, client, options }) => {
      try {
        await client.send(new s3.HeadObjectCommand(at), options);
        return true;
      } catch (error) {
        if (error instanceof s3.NotFound) return false;
        throw error;
      }
    });
  }

  async remove(tenantId: string, sha256: string): Promise<void> {
    const at = this.#addressOf(tenantId, sha256);
    await this.#call('remove bytes', ({ s3, client, options }) => client.send(new s3.DeleteObjectCommand(at), options));
  }

  async *list(tenantId: string): AsyncIterable<{ sha256: string; bytes: number; modifiedAt: number }> {
    checkBlobKey(tenantId);
    const { bucket, prefix } = this.#place;
    const of = { Bucket: bucket, Prefix: `${prefix === '' ? '' : `${prefix}/`}${tenantId}/` };
    for (let token: string | undefined; ; ) {
      const more = token === undefined ? {} : { ContinuationToken: token };
      const page = await this.#call('list what is there', ({ s3, client, options }) =>
        client.send(new s3.ListObjectsV2Command({ ...of, ...more }), options),
      );
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        const sha256 = Key?.split('/').at(-1) ?? '';
        yield { sha256, bytes: Size ?? 0, modifiedAt: LastModified?.getTime() ?? 0 };
      }
      token = page.NextContinuationToken;
      if (token === undefined) return;
    }
  }

  /** Ends idle connections. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    (await opening?.catch(() => undefined))?.client.destroy();
  }

  #addressOf(tenantId: string, sha256: string): { Bucket: string; Key: string } {
    checkBlobKey(tenantId, sha256);
    const { bucket, prefix } = this.#place;
    const path = [prefix, tenantId, sha256.slice(0, 2), sha256].filter((part) => part !== '');
    return { Bucket: bucket, Key: path.join('/') };
  }

  async #get(tenantId: string, sha256: string, range: { readonly Range?: string }): Promise<Uint8Array> {
    const at = this.#addressOf(tenantId, sha256);
    return await this.#call('give bytes back', async ({ s3, client, options }) => {
      try {
        const { Body } = await client.send(new s3.GetObjectCommand({ ...at, ...range }), options);
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        throw error instanceof s3.NoSuchKey ? new BlobNotFound(sha256) : error;
      }
    });
  }

  async #call<T>(what: string, work: (storage: Storage & { readonly options: CallOptions }) => Promise<T>): Promise<T> {
    try {
      const storage = await (this.#opening ??= openStorage(this.#access));
      return await work({ ...storage, options: { abortSignal: AbortSignal.timeout(TIMEOUT_MS) } });
    } catch (error) {
      throw error instanceof PlumblineError ? error : new BlobStorageFailed(what, error);
    }
  }
}

import type { TenantContext } from '../../base/index.ts';
import { BoundedCache } from '../../retrieval/index.ts';
import type { Blobs } from '../../store/index.ts';
import { decodeText } from './excerpts.ts';

/** Bytes of texts kept: those that answers rest on most. A text of more than an eighth of it is read each time. */
const MAX_BYTES = 16 << 20;

/** Whole canonical texts, those that were read last kept in memory. Whether a reader may see one is not asked here. */
export class SourceTexts {
  readonly #blobs: Blobs;
  /** By tenant and hash. */
  readonly #texts = new BoundedCache<string>(MAX_BYTES);

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  /** The texts by their hashes. @param hashes SHA-256 in hex @throws PlumblineError `blob.not-found` */
  async read({ tenantId }: TenantContext, hashes: Iterable<string>): Promise<Map<string, string>> {
    const texts = [...new Set(hashes)].map(async (hash) => [hash, await this.#one(tenantId, hash)] as const);
    return new Map(await Promise.all(texts));
  }

  async #one(tenantId: string, hash: string): Promise<string> {
    const key = `${tenantId}/${hash}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const bytes = await this.#blobs.get(tenantId, hash);
    const text = decodeText(bytes);
    this.#texts.set(key, text, 2 * bytes.byteLength);
    return text;
  }
}

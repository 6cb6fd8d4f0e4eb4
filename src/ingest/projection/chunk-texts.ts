import type { TenantContext } from '../../base/index.ts';
import type { Blobs } from '../../store/index.ts';
import { chunkTerms } from '../../retrieval/index.ts';
import { embeddedText } from '../documents/embedded-text.ts';
import type { PendingChunk } from './pending-chunks.ts';
import type { RecentTexts } from './recent-texts.ts';

/** Chunks analysed between two breaths of the event loop: about 2 ms. */
const ANALYSED_PER_TURN = 16;

/** Reads the words of pending chunks: from what was just parsed, else from the canonical text. */
export class ChunkTexts {
  readonly recent: RecentTexts;
  readonly #blobs: Blobs;

  constructor(blobs: Blobs, recent: RecentTexts) {
    this.#blobs = blobs;
    this.recent = recent;
  }

  /** What is embedded, per chunk. */
  async embedded(context: TenantContext, chunks: readonly PendingChunk[]): Promise<string[]> {
    const texts = await this.#canonical(context, chunks);
    return chunks.map((chunk, i) => embeddedText(chunk.header, (texts[i] ?? '').slice(chunk.start, chunk.end)));
  }

  /** What is indexed by words, by chunk id. */
  async terms(context: TenantContext, chunks: readonly PendingChunk[]): Promise<Map<string, string>> {
    const known = new Map<string, string>();
    const missing: PendingChunk[] = [];
    for (const chunk of chunks) {
      const terms = this.recent.get(chunk.attributes.versionId)?.terms[chunk.ordinal];
      if (terms === undefined) missing.push(chunk);
      else known.set(chunk.attributes.id, terms);
    }
    if (missing.length === 0) return known;
    return new Map([...known, ...(await this.#analyse(context, missing))]);
  }

  async #analyse(context: TenantContext, chunks: readonly PendingChunk[]): Promise<Map<string, string>> {
    const texts = await this.#canonical(context, chunks);
    const made = new Map<string, string>();
    for (const [i, chunk] of chunks.entries()) {
      const body = (texts[i] ?? '').slice(chunk.start, chunk.end);
      made.set(chunk.attributes.id, chunkTerms(chunk.header, body, chunk.language));
      if (i % ANALYSED_PER_TURN === ANALYSED_PER_TURN - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    return made;
  }

  /** The canonical text of each chunk's version. */
  async #canonical(context: TenantContext, chunks: readonly PendingChunk[]): Promise<string[]> {
    const read = new Map<string, Promise<string>>();
    const decoder = new TextDecoder();
    const texts: Promise<string>[] = chunks.map((chunk) => {
      const known = this.recent.get(chunk.attributes.versionId);
      if (known !== undefined) return Promise.resolve(known.text);
      const reading =
        read.get(chunk.textSha256) ??
        this.#blobs.get(context.tenantId, chunk.textSha256).then((b) => decoder.decode(b));
      read.set(chunk.textSha256, reading);
      return reading;
    });
    return await Promise.all(texts);
  }
}

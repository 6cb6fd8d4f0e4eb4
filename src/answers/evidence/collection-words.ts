import { fromUnknown, type TenantContext } from '../../base/index.ts';
import { chunkTerms, DocumentWords, findShortForms } from '../../retrieval/index.ts';
import type { Blobs, Database } from '../../store/index.ts';
import type { Log } from '../../telemetry/index.ts';

/** Bytes of counted words over all collections; a document of 500 words takes about 2 KB. */
const MAX_BYTES = 128 << 20;
/** Searches wait for a collection's words until so long after its first search: small collections always have them. */
const FIRST_WAIT_MS = 400;
/** Between two looks at what has changed. */
const LOOK_AGAIN_MS = 5_000;
/** A look may take this share of the time. */
const DUTY = 0.02;
const IDS_PER_PAGE = 2_000;
const VERSIONS_PER_BATCH = 32;
/** Chunks analysed between two breaths of the event loop: about 2 ms. */
const ANALYSED_PER_TURN = 16;

const IDS = `
select id, language from versions where collection_id = $1 and effective_to is null and id > $2 order by id limit ${IDS_PER_PAGE}`;

const CHUNKS = `
select k.version_id as "versionId", v.language, v.text_sha256 as "textSha256", k.header, k.start, k."end"
  from chunks k join versions v on v.id = k.version_id
 where k.version_id = any($1::uuid[]) order by k.version_id, k.ordinal`;

interface ChunkRow {
  versionId: string;
  language: string;
  textSha256: string;
  header: string;
  start: number;
  end: number;
}

interface Known {
  readonly words: DocumentWords;
  /** Settles when the first count is done. */
  readonly first: Promise<void>;
  readonly begunAt: number;
  running: boolean;
  nextLookAt: number;
}

/** What counting stands on. */
export interface CollectionWordsParts {
  readonly database: Database;
  readonly blobs: Blobs;
  readonly log: Log;
  /** Milliseconds between two looks at what has changed; default: 5,000, more when looking takes long. */
  readonly lookAgainMs?: number;
}

/**
 * The words of the documents that are valid now, per collection, counted from the store in the background when a
 * collection is searched and brought up to date while it is. Kept in memory only, up to 128 MiB, the collections
 * searched last; of a collection that is larger some documents are not counted.
 */
export class CollectionWords {
  readonly #parts: CollectionWordsParts;
  /** The collection searched last is last. */
  readonly #known = new Map<string, Known>();
  readonly #closing = new AbortController();
  readonly #counting = new Set<Promise<void>>();

  constructor(parts: CollectionWordsParts) {
    this.#parts = parts;
  }

  /** The words counted so far. */
  async of(context: TenantContext, collectionId: string): Promise<DocumentWords> {
    const key = `${context.tenantId}/${collectionId}`;
    const known = this.#known.get(key) ?? this.#begin(context, collectionId);
    this.#known.delete(key);
    this.#known.set(key, known);
    this.#forgetOldest();
    const now = performance.now();
    if (!known.running && now >= known.nextLookAt) void this.#look(context, { collectionId, known });
    const patience = known.begunAt + FIRST_WAIT_MS - now;
    if (patience > 0) await withinMs(known.first, patience);
    return known.words;
  }

  /** Settles when no counting is under way. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#counting);
  }

  /** Ends what is under way and forgets everything. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.idle();
    this.#known.clear();
  }

  #begin(context: TenantContext, collectionId: string): Known {
    const { promise, resolve } = Promise.withResolvers<void>();
    const begunAt = performance.now();
    const known: Known = { words: new DocumentWords(), first: promise, begunAt, running: true, nextLookAt: 0 };
    void this.#look(context, { collectionId, known }).then(resolve);
    return known;
  }

  /** Never rejects: without the words a search is as good as without this stage. */
  async #look(context: TenantContext, at: { collectionId: string; known: Known }): Promise<void> {
    const { known } = at;
    known.running = true;
    const started = performance.now();
    const counting = this.#bringUpToDate(context, at).catch((error: unknown) => {
      if (!this.#closing.signal.aborted)
        this.#parts.log.warn('counting the words of a collection failed', { error: fromUnknown(error).code });
    });
    this.#counting.add(counting);
    await counting;
    this.#counting.delete(counting);
    known.running = false;
    const ended = performance.now();
    known.nextLookAt = ended + (this.#parts.lookAgainMs ?? Math.max(LOOK_AGAIN_MS, (ended - started) / DUTY));
  }

  async #bringUpToDate(context: TenantContext, at: { collectionId: string; known: Known }): Promise<void> {
    const { words } = at.known;
    const valid = await this.#validVersions(context, at.collectionId);
    words.languages = byFrequency(valid.values());
    const gone = [...words.ids()].filter((id) => !valid.has(id));
    for (const id of gone) words.remove(id);
    const missing = [...valid.keys()].filter((id) => !words.has(id));
    for (let from = 0; from < missing.length && words.bytes < MAX_BYTES; from += VERSIONS_PER_BATCH) {
      this.#closing.signal.throwIfAborted();
      await this.#count(context, words, missing.slice(from, from + VERSIONS_PER_BATCH));
    }
    words.complete = missing.every((id) => words.has(id));
  }

  async #validVersions(context: TenantContext, collectionId: string): Promise<Map<string, string>> {
    const valid = new Map<string, string>();
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      this.#closing.signal.throwIfAborted();
      const from = after;
      const page = await this.#parts.database.withTenant(context, (tx) =>
        tx.query<{ id: string; language: string }>(IDS, [collectionId, from]),
      );
      for (const { id, language } of page) valid.set(id, language);
      const last = page.at(-1);
      if (last === undefined || page.length < IDS_PER_PAGE) return valid;
      after = last.id;
    }
  }

  async #count(context: TenantContext, words: DocumentWords, versionIds: readonly string[]): Promise<void> {
    const rows = await this.#parts.database.withTenant(context, (tx) => tx.query<ChunkRow>(CHUNKS, [versionIds]));
    let analysed = 0;
    for (const [versionId, chunks] of Map.groupBy(rows, (row) => row.versionId)) {
      const text = await this.#text(context, chunks[0]?.textSha256 ?? '');
      if (text === null) continue;
      const terms: string[] = [];
      for (const { header, start, end, language } of chunks) {
        terms.push(chunkTerms(header, text.slice(start, end), language));
        analysed += 1;
        if (analysed % ANALYSED_PER_TURN === 0) await new Promise(setImmediate);
      }
      words.add(versionId, terms, findShortForms(text));
    }
  }

  /** Null: erased a moment ago. */
  async #text(context: TenantContext, sha256: string): Promise<string | null> {
    const bytes = await this.#parts.blobs.get(context.tenantId, sha256).catch(() => null);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  }

  #forgetOldest(): void {
    let bytes = 0;
    for (const { words } of this.#known.values()) bytes += words.bytes;
    for (const [key, { words, running }] of this.#known) {
      if (bytes <= MAX_BYTES || this.#known.size === 1) return;
      if (running) continue;
      this.#known.delete(key);
      bytes -= words.bytes;
    }
  }
}

/** The most frequent first. */
function byFrequency(languages: Iterable<string>): string[] {
  const counts = new Map<string, number>();
  for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([language]) => language);
}

async function withinMs(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

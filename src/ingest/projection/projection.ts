import { SerialQueue, type TenantContext } from '../../base/index.ts';
import type { IndexScope } from '../../retrieval/index.ts';
import { scopeOf } from '../collections/collections.ts';
import type { IngestServices } from '../services.ts';
import { isReplacing, stateAfter } from './chunk-state.ts';
import type { ChunkTexts } from './chunk-texts.ts';
import { Coalesced } from './coalesced.ts';
import { FreshChunks } from './fresh-chunks.ts';
import { IndexBusy, IndexLock } from './index-lock.ts';
import type { Lane } from './lane-services.ts';
import { newestPendingVersion, type PendingChunk } from './pending-chunks.ts';
import { recordWords } from './record-steps.ts';
import { StoreLooks } from './store-looks.ts';
import { FRESH_BATCH, runTextLane } from './text-lane.ts';
import { runVectorLane } from './vector-lane.ts';
import { WritePace } from './write-pace.ts';

/** Which collection, on whose behalf. */
export interface ProjectedCollection {
  readonly context: TenantContext;
  readonly collectionId: string;
}

/**
 * Entries written to one of the indexes after which they are brought up to date even while more are coming. Until then a search by
 * words reads them one by one, 3 ms per 1,000 (measured: 63 ms at 20,000); bringing them up to date costs 25 ms of
 * processor per 1,000 and some of what was brought up to date before.
 */
const OPTIMISE_AFTER = 20_000;

/** How long after the last write they are brought up to date when nothing more comes. */
const QUIET_MS = 1000;

/** How long the store may believe that words wait which are indexed: their vectors often come sooner. */
const RECORD_WORDS_AFTER_MS = 500;

/** Words of what keeps coming are written so often at most; they must be found within a second. */
const WORDS_EVERY_MS = 300;

/** With several processes another one may have stored something: words must be found within a second. */
const LOOK_EVERY_MS = 500;

/**
 * One collection's way into its index in this process. Words and vectors are brought in side by side, each by one run
 * at a time, so that neither waits for, nor fails with, the other.
 */
export class Projection {
  readonly #services: IngestServices;
  readonly #collection: ProjectedCollection;
  readonly #scope: IndexScope;
  readonly #lock: IndexLock;
  /** A lane writes to its own part of the index; who writes to both takes both turns, always in this order. */
  readonly #textWrites = new SerialQueue();
  readonly #vectorWrites = new SerialQueue();
  readonly #fresh = new FreshChunks();
  readonly #looks = new StoreLooks();
  readonly #wordsPace = new WritePace({ everyMs: WORDS_EVERY_MS });
  readonly #text: Coalesced;
  readonly #vectors: Coalesced;
  readonly #upkeep: Coalesced;
  readonly #stop: AbortSignal;
  /** Chunks of this and older versions may have been written by a run that did not come to record it. */
  #doubtfulUpTo: string | null = null;
  #trusted = false;
  #unoptimised = { text: 0, vectors: 0 };
  #quiet: NodeJS.Timeout | undefined;
  #recording: NodeJS.Timeout | undefined;

  constructor(
    parts: { readonly services: IngestServices; readonly texts: ChunkTexts; readonly stop: AbortSignal },
    collection: ProjectedCollection,
  ) {
    const { services, stop } = parts;
    this.#services = services;
    this.#collection = collection;
    this.#stop = stop;
    this.#scope = scopeOf(collection.context, collection.collectionId, services.embedder);
    this.#lock = new IndexLock(services.database, collection.collectionId, () => this.#doubtOthers());
    const shared: Omit<Lane, 'exclusive'> = {
      services,
      context: collection.context,
      scope: this.#scope,
      texts: parts.texts,
      fresh: this.#fresh,
      wordsPace: this.#wordsPace,
      looks: this.#looks,
      mayExist: ({ state, attributes }) => isReplacing(state) || attributes.versionId <= (this.#doubtfulUpTo ?? ''),
      written: (part, chunks) => this.#written(part, chunks),
      worded: () => this.#worded(),
      recordWords: () => this.#alone(() => this.#recordWords(0)),
      signal: stop,
    };
    const text: Lane = { ...shared, exclusive: (work) => this.#textWrites.run(work) };
    const vectors: Lane = { ...shared, exclusive: (work) => this.#vectorWrites.run(work) };
    this.#text = new Coalesced(() => this.#doubtingAfterFailure(() => runTextLane(text)));
    this.#vectors = new Coalesced(() => this.#doubtingAfterFailure(() => runVectorLane(vectors)));
    this.#upkeep = new Coalesced(() => this.#optimise());
  }

  /** Works until nothing that is stored now waits. @throws IndexBusy */
  async project(): Promise<void> {
    this.#looks.lookAgain('text');
    this.#wordsPace.hurry();
    await this.#project();
  }

  /**
   * As {@link project}, for a stored job: it repeats what storing already asked for. A process that alone stores has in memory what it
   * stored, or knows that it has to look; reading the store for it again would do the same work twice.
   */
  async catchUp(): Promise<void> {
    if (this.#services.database.kind !== 'pglite') this.#looks.lookAgain('text');
    await this.#project();
  }

  /** Works until these chunks, stored by this process a moment ago, and those before them wait no more. @throws IndexBusy */
  async projectFresh(chunks: readonly PendingChunk[]): Promise<void> {
    if (!this.#fresh.offer(chunks)) this.#looks.lookAgain('text');
    if (this.#fresh.waitingForWords >= FRESH_BATCH) this.#wordsPace.hurry();
    await this.#project();
  }

  async #project(): Promise<void> {
    this.#stop.throwIfAborted();
    try {
      await this.#lock.hold(() => this.#runLanes());
    } catch (error) {
      // Another process has the collection: its projector finds in the store what is in memory here.
      if (error instanceof IndexBusy) this.#leaveToTheStore();
      throw error;
    }
  }

  async #runLanes(): Promise<void> {
    await this.#text.request();
    const looking = this.#lookForOthersWork();
    try {
      await this.#vectors.request();
    } finally {
      clearInterval(looking);
    }
  }

  /** Brings the indexes up to date now instead of soon. @throws IndexBusy */
  async optimise(): Promise<void> {
    // A run on its way covers what it found; what it could not do counts again.
    if (this.#isOptimised()) await this.#upkeep.settled();
    if (!this.#isOptimised()) await this.#lock.hold(() => this.#upkeep.request());
  }

  /** Runs a step that writes to the index while no other writer does. @throws IndexBusy */
  async exclusive<T>(work: (scope: IndexScope) => Promise<T>): Promise<T> {
    return await this.#lock.hold(() => this.#alone(() => work(this.#scope)));
  }

  /** Runs a step that empties the index; what was left in it is replaced, not doubled. @throws IndexBusy */
  async rebuild(work: (scope: IndexScope) => Promise<void>): Promise<void> {
    await this.exclusive(async (scope) => {
      await work(scope);
      const [left] = await this.#services.index.listIds(scope, 'text', { after: null, limit: 1 });
      if (left === undefined) this.#doubtfulUpTo = null;
      else await this.#doubt();
    });
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    clearTimeout(this.#quiet);
    clearTimeout(this.#recording);
    await Promise.all([this.#text.settled(), this.#vectors.settled(), this.#upkeep.settled()]);
    await this.#alone(() => this.#recordWords(0));
  }

  /** Another process may have written the index before; the embedded database's home has one process only. */
  async #doubtOthers(): Promise<void> {
    if (this.#trusted) return;
    await this.#doubt();
    this.#trusted = this.#services.database.kind === 'pglite';
  }

  async #doubt(): Promise<void> {
    const { context, collectionId } = this.#collection;
    this.#doubtfulUpTo = await newestPendingVersion(this.#services.database, context, collectionId);
  }

  /** What is in memory is then left to the store, which knows all that waits; what was written may be there twice. */
  async #doubtingAfterFailure(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#stop.aborted) {
        await this.#alone(() => this.#recordWords(0)).catch(() => undefined); // the failure that counts is thrown below
        this.#leaveToTheStore();
        await this.#doubt();
      }
      throw error;
    }
  }

  #leaveToTheStore(): void {
    this.#fresh.forget();
    this.#looks.lookAgain('text');
    this.#looks.lookAgain('vector');
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#textWrites.run(() => this.#vectorWrites.run(work));
  }

  #worded(): void {
    this.#vectors.request().catch(() => undefined); // whoever brought the chunks waits for it, too, and tells
    this.#recordWordsLater();
  }

  #recordWordsLater(): void {
    if (this.#stop.aborted || this.#fresh.unrecorded(0).length === 0) return;
    this.#recording ??= setTimeout(() => this.#recordWordsSoon(), RECORD_WORDS_AFTER_MS).unref();
  }

  #recordWordsSoon(): void {
    this.#recording = undefined;
    this.#lock
      .hold(() => this.#alone(() => this.#recordWords(RECORD_WORDS_AFTER_MS / 2)))
      .then(() => this.#recordWordsLater())
      .catch((error: unknown) => {
        if (this.#stop.aborted) return;
        this.#services.log.warn('How far indexing has come could not be recorded; it is tried again.', {
          collectionId: this.#collection.collectionId,
          error: String(error),
        });
      });
  }

  /** @param sinceMs those whose words were indexed so long ago */
  async #recordWords(sinceMs: number): Promise<void> {
    const batches = this.#fresh.unrecorded(sinceMs);
    const { context, collectionId } = this.#collection;
    const chunks = batches.flatMap((batch) => batch.chunks);
    await recordWords(this.#services.database, context, { collectionId, chunks });
    for (const batch of batches) this.#fresh.recorded(batch, stateAfter);
  }

  #lookForOthersWork(): NodeJS.Timeout | undefined {
    if (this.#services.database.kind === 'pglite') return undefined;
    return setInterval(() => {
      this.#looks.lookAgain('text');
      this.#text.request().catch(() => undefined);
    }, LOOK_EVERY_MS);
  }

  #isOptimised(): boolean {
    return this.#unoptimised.text + this.#unoptimised.vectors === 0;
  }

  #written(part: 'text' | 'vectors', chunks: number): void {
    if (chunks === 0) return;
    this.#unoptimised[part] += chunks;
    clearTimeout(this.#quiet);
    if (this.#unoptimised[part] >= OPTIMISE_AFTER) this.#optimiseSoon();
    else this.#quiet = setTimeout(() => this.#optimiseSoon(), QUIET_MS).unref();
  }

  /** Behind with it, searches are slower and nothing else. */
  #optimiseSoon(): void {
    this.optimise().catch((error: unknown) => {
      if (this.#stop.aborted) return;
      this.#services.log.warn('The index could not be brought up to date; searches are slower until it is.', {
        collectionId: this.#collection.collectionId,
        error: String(error),
      });
    });
  }

  async #optimise(): Promise<void> {
    this.#stop.throwIfAborted();
    const covered = this.#unoptimised;
    // Counted anew at once: what is written meanwhile must not ask for a run that would find nothing to do.
    this.#unoptimised = { text: 0, vectors: 0 };
    try {
      await this.#services.index.optimise(this.#scope);
    } catch (error) {
      this.#unoptimised.text += covered.text;
      this.#unoptimised.vectors += covered.vectors;
      throw error;
    }
  }
}

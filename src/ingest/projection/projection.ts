import { SerialQueue, type TenantContext } from '../../base/index.ts';
import type { IndexScope } from '../../retrieval/index.ts';
import { scopeOf } from '../collections/collections.ts';
import type { IngestServices } from '../services.ts';
import { isReplacing } from './chunk-state.ts';
import type { ChunkTexts } from './chunk-texts.ts';
import { Coalesced } from './coalesced.ts';
import { IndexLock } from './index-lock.ts';
import type { Lane } from './lane-services.ts';
import { newestPendingVersion } from './pending-chunks.ts';
import { runTextLane } from './text-lane.ts';
import { runVectorLane } from './vector-lane.ts';

/** Which collection, on whose behalf. */
export interface ProjectedCollection {
  readonly context: TenantContext;
  readonly collectionId: string;
}

/** Chunks written after which the indexes are brought up to date even while more are coming. */
const OPTIMISE_AFTER = 10_000;

/** How long after the last write they are brought up to date when nothing more comes. */
const QUIET_MS = 1000;

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
  readonly #writes = new SerialQueue();
  readonly #text: Coalesced;
  readonly #vectors: Coalesced;
  readonly #upkeep: Coalesced;
  readonly #stop: AbortSignal;
  /** Chunks of this and older versions may have been written by a run that did not come to record it. */
  #doubtfulUpTo: string | null = null;
  #unoptimised = 0;
  #quiet: NodeJS.Timeout | undefined;

  constructor(
    parts: { readonly services: IngestServices; readonly texts: ChunkTexts; readonly stop: AbortSignal },
    collection: ProjectedCollection,
  ) {
    const { services, stop } = parts;
    this.#services = services;
    this.#collection = collection;
    this.#stop = stop;
    this.#scope = scopeOf(collection.context, collection.collectionId, services.embedder);
    this.#lock = new IndexLock(services.database, collection.collectionId, () => this.#doubt());
    const lane: Lane = {
      services,
      context: collection.context,
      scope: this.#scope,
      texts: parts.texts,
      mayExist: ({ state, attributes }) => isReplacing(state) || attributes.versionId <= (this.#doubtfulUpTo ?? ''),
      exclusive: (work) => this.#writes.run(work),
      written: (_part, chunks) => this.#written(chunks),
      signal: stop,
    };
    this.#text = new Coalesced(() => this.#doubtingAfterFailure(() => runTextLane(lane)));
    this.#vectors = new Coalesced(() => this.#doubtingAfterFailure(() => runVectorLane(lane)));
    this.#upkeep = new Coalesced(() => this.#optimise());
  }

  /** Works until nothing that is stored now waits. @throws IndexBusy */
  async project(): Promise<void> {
    this.#stop.throwIfAborted();
    await this.#lock.hold(async () => {
      await this.#text.request();
      const looking = this.#lookForOthersWork();
      try {
        await this.#vectors.request();
      } finally {
        clearInterval(looking);
      }
    });
  }

  /** Brings the indexes up to date now instead of soon. @throws IndexBusy */
  async optimise(): Promise<void> {
    if (this.#unoptimised > 0) await this.#lock.hold(() => this.#upkeep.request());
  }

  /** Runs a step that writes to the index while no other writer does. @throws IndexBusy */
  async exclusive<T>(work: (scope: IndexScope) => Promise<T>): Promise<T> {
    return await this.#lock.hold(() => this.#writes.run(() => work(this.#scope)));
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
    await Promise.all([this.#text.settled(), this.#vectors.settled(), this.#upkeep.settled()]);
    await this.#writes.run(() => Promise.resolve());
  }

  async #doubt(): Promise<void> {
    const { context, collectionId } = this.#collection;
    this.#doubtfulUpTo = await newestPendingVersion(this.#services.database, context, collectionId);
  }

  async #doubtingAfterFailure(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#stop.aborted) await this.#doubt();
      throw error;
    }
  }

  #lookForOthersWork(): NodeJS.Timeout | undefined {
    if (this.#services.database.kind === 'pglite') return undefined;
    return setInterval(() => void this.#text.request().catch(() => undefined), LOOK_EVERY_MS);
  }

  #written(chunks: number): void {
    if (chunks === 0) return;
    this.#unoptimised += chunks;
    clearTimeout(this.#quiet);
    if (this.#unoptimised >= OPTIMISE_AFTER) this.#optimiseSoon();
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
    await this.#services.index.optimise(this.#scope);
    this.#unoptimised -= covered;
  }
}

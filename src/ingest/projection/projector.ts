import { fromUnknown, OperationAborted } from '../../base/index.ts';
import type { IndexScope } from '../../retrieval/index.ts';
import type { IngestServices } from '../services.ts';
import { ChunkTexts } from './chunk-texts.ts';
import { IndexBusy, whenFree } from './index-lock.ts';
import { type ProjectedCollection, Projection } from './projection.ts';
import type { PendingChunk } from './pending-chunks.ts';
import type { RecentTexts } from './recent-texts.ts';

/**
 * Brings what the store holds into the chunk index: words first, vectors as they are made. One projector per
 * collection over all processes (an advisory lock), so that writes never race.
 */
export class Projector {
  readonly #services: IngestServices;
  readonly #texts: ChunkTexts;
  readonly #projections = new Map<string, Projection>();
  readonly #behind = new Set<string>();
  readonly #stop = new AbortController();

  constructor(services: IngestServices, recent: RecentTexts) {
    this.#services = services;
    this.#texts = new ChunkTexts(services.blobs, recent);
  }

  /**
   * Works until nothing of the collection waits; joins a run in progress, which then also takes what is new. Of
   * failures in a row the log hears once.
   * @throws PlumblineError `index.busy` when another process holds the collection
   */
  async project(collection: ProjectedCollection): Promise<void> {
    await this.#telling(collection, (projection) => projection.project());
  }

  /** As {@link project}, for the job that was stored with what waits. */
  async catchUp(collection: ProjectedCollection): Promise<void> {
    await this.#telling(collection, (projection) => projection.catchUp());
  }

  /** As {@link project}, for chunks this process stored a moment ago. */
  async projectFresh(collection: ProjectedCollection, chunks: readonly PendingChunk[]): Promise<void> {
    await this.#telling(collection, (projection) => projection.projectFresh(chunks));
  }

  async #telling(collection: ProjectedCollection, work: (projection: Projection) => Promise<void>): Promise<void> {
    try {
      await work(this.#projection(collection));
      this.#caughtUp(collection.collectionId);
    } catch (error) {
      this.#fellBehind(collection.collectionId, error);
      throw error;
    }
  }

  /** Works until nothing of the collection waits and its indexes are up to date, after other processes that are at it. */
  async settle(collection: ProjectedCollection): Promise<void> {
    await whenFree(() => this.project(collection), this.#stop.signal);
    await whenFree(() => this.#projection(collection).optimise(), this.#stop.signal);
  }

  /**
   * Runs a step that writes to the index while no other writer does.
   * @throws PlumblineError `index.busy`
   */
  async exclusive<T>(collection: ProjectedCollection, work: (scope: IndexScope) => Promise<T>): Promise<T> {
    return await this.#projection(collection).exclusive(work);
  }

  /** As {@link exclusive}, after other processes that are writing. */
  async inTurn<T>(collection: ProjectedCollection, work: (scope: IndexScope) => Promise<T>): Promise<T> {
    return await whenFree(() => this.exclusive(collection, work), this.#stop.signal);
  }

  /** As {@link exclusive}, for a step that empties the index. */
  async rebuild(collection: ProjectedCollection, work: (scope: IndexScope) => Promise<void>): Promise<void> {
    await this.#projection(collection).rebuild(work);
  }

  /** Stops after the batches in hand. */
  async close(): Promise<void> {
    this.#stop.abort(new OperationAborted('Indexing'));
    await Promise.all([...this.#projections.values()].map((projection) => projection.settled()));
    this.#projections.clear();
  }

  #projection(collection: ProjectedCollection): Projection {
    const known = this.#projections.get(collection.collectionId);
    if (known !== undefined) return known;
    const parts = { services: this.#services, texts: this.#texts, stop: this.#stop.signal };
    const made = new Projection(parts, collection);
    this.#projections.set(collection.collectionId, made);
    return made;
  }

  #fellBehind(collectionId: string, thrown: unknown): void {
    if (this.#stop.signal.aborted || thrown instanceof IndexBusy || this.#behind.has(collectionId)) return;
    this.#behind.add(collectionId);
    const error = fromUnknown(thrown);
    this.#services.log.warn('A collection’s index is behind; it is tried again until it is not.', {
      collectionId,
      code: error.code,
      error: error.message,
    });
  }

  #caughtUp(collectionId: string): void {
    if (!this.#behind.delete(collectionId)) return;
    this.#services.log.info('The collection’s index has caught up.', { collectionId });
  }
}

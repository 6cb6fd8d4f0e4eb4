import { PlumblineError, SerialQueue, type TenantContext } from '../../base/index.ts';
import type { IndexScope } from '../../retrieval/index.ts';
import type { IngestServices } from '../services.ts';
import { scopeOf } from '../collections/collections.ts';
import { ChunkTexts } from './chunk-texts.ts';
import type { Lane } from './lane-services.ts';
import type { RecentTexts } from './recent-texts.ts';
import { runTextLane } from './text-lane.ts';
import { runVectorLane } from './vector-lane.ts';

/** Another process brings this collection into its index at the moment. */
class IndexBusy extends PlumblineError {
  constructor(collectionId: string) {
    super({
      code: 'index.busy',
      kind: 'retry',
      message: 'Another process is writing this collection’s index. It goes on by itself; nothing needs to be done.',
      details: { collectionId },
    });
  }
}

/** Which collection, on whose behalf. */
export interface ProjectedCollection {
  readonly context: TenantContext;
  readonly collectionId: string;
}

/** State of one collection's projection in this process. */
interface Projection {
  readonly writes: SerialQueue;
  lock: Promise<(() => Promise<void>) | null> | null;
  running: Promise<void> | null;
  wanted: boolean;
  /** Resolves a run that waits for new words while vectors are made. */
  wake: (() => void) | null;
  mayExist: boolean;
}

/**
 * Brings what the store holds into the chunk index: words first, vectors as they are made. One projector per
 * collection over all processes (an advisory lock), so that writes never race.
 */
export class Projector {
  readonly #services: IngestServices;
  readonly #texts: ChunkTexts;
  readonly #projections = new Map<string, Projection>();
  readonly #stop = new AbortController();

  constructor(services: IngestServices, recent: RecentTexts) {
    this.#services = services;
    this.#texts = new ChunkTexts(services.blobs, recent);
  }

  /**
   * Works until nothing of the collection waits; joins a run in progress, which then also takes what is new.
   * @throws PlumblineError `index.busy` when another process holds the collection
   */
  async project(collection: ProjectedCollection): Promise<void> {
    const projection = this.#projection(collection.collectionId);
    projection.wanted = true;
    projection.wake?.();
    projection.running ??= this.#run(collection, projection).finally(() => {
      projection.running = null;
    });
    await projection.running;
  }

  /** Entries of this collection that are in the index are about to change: replace instead of append. */
  expectExisting(collectionId: string): void {
    this.#projection(collectionId).mayExist = true;
  }

  /**
   * Runs a step that writes to the index while no other writer does.
   * @throws PlumblineError `index.busy`
   */
  async exclusive<T>(collection: ProjectedCollection, work: (scope: IndexScope) => Promise<T>): Promise<T> {
    const projection = this.#projection(collection.collectionId);
    await this.#hold(collection.collectionId, projection);
    const scope = scopeOf(collection.context, collection.collectionId, this.#services.embedder);
    return await projection.writes.run(() => work(scope));
  }

  /** Stops after the batches in hand and gives the locks back. */
  async close(): Promise<void> {
    this.#stop.abort();
    for (const projection of this.#projections.values()) {
      await projection.running?.catch(() => undefined);
      await projection.writes.run(() => Promise.resolve());
      const release = await projection.lock?.catch(() => null);
      await release?.();
    }
    this.#projections.clear();
  }

  #projection(collectionId: string): Projection {
    const known = this.#projections.get(collectionId);
    if (known !== undefined) return known;
    const made: Projection = {
      writes: new SerialQueue(),
      lock: null,
      running: null,
      wanted: false,
      wake: null,
      mayExist: true,
    };
    this.#projections.set(collectionId, made);
    return made;
  }

  async #hold(collectionId: string, projection: Projection): Promise<void> {
    projection.lock ??= this.#services.database.tryLock(`project:${collectionId}`);
    const release = await projection.lock;
    if (release !== null) return;
    projection.lock = null;
    throw new IndexBusy(collectionId);
  }

  async #run(collection: ProjectedCollection, projection: Projection): Promise<void> {
    await this.#hold(collection.collectionId, projection);
    const lane = this.#lane(collection, projection);
    try {
      while (projection.wanted) {
        projection.wanted = false;
        await this.#drain(lane, projection);
      }
      projection.mayExist = false;
    } catch (error) {
      projection.mayExist = true;
      throw error;
    }
  }

  /** Both lanes side by side; while vectors are made, words of newly stored chunks keep going in. */
  async #drain(lane: Lane, projection: Projection): Promise<void> {
    await runTextLane(lane);
    const making = runVectorLane(lane);
    await Promise.all([making, this.#followText(lane, projection, making)]);
    await this.#services.index.optimise(lane.scope);
  }

  async #followText(lane: Lane, projection: Projection, making: Promise<unknown>): Promise<void> {
    let done = false;
    const finished = making.then(
      () => (done = true),
      () => (done = true),
    );
    for (;;) {
      const woken = new Promise<void>((resolve) => (projection.wake = resolve));
      if (projection.wanted) {
        projection.wanted = false;
        await runTextLane(lane);
      } else {
        await Promise.race([finished, woken]);
      }
      if (done) break;
    }
    projection.wake = null;
  }

  #lane(collection: ProjectedCollection, projection: Projection): Lane {
    return {
      services: this.#services,
      context: collection.context,
      scope: scopeOf(collection.context, collection.collectionId, this.#services.embedder),
      texts: this.#texts,
      mayExist: () => projection.mayExist,
      exclusive: (work) => projection.writes.run(work),
      signal: this.#stop.signal,
    };
  }
}

import { randomUUID } from 'node:crypto';
import { SerialQueue, type TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';
import { WRITES_SHOWN_WITHIN_MS } from '../chunk-index.ts';

/** Whose index. */
export interface VersionedCollection {
  readonly tenantId: string;
  readonly collectionId: string;
}

/** How long a write may take before a process that died in it no longer keeps caches from being used, ms. */
const WRITE_LEASE_MS = 600_000;

/** A search that begins so long after a write sees it in every process, ms: twice what the port asks of its adapters. */
const SHOWN_AFTER_MS = 2 * WRITES_SHOWN_WITHIN_MS;

interface Known {
  version: number;
  /** When this process first met that version, ms of its own clock. */
  metAt: number;
  /** Writes in hand in this process. */
  writers: number;
  /** Their beginnings and ends, one after the other. */
  readonly steps: SerialQueue;
}

/**
 * Versions of chunk indexes: raised at the beginning and at the end of each write. While a write is in hand there is no version, and
 * nothing that is kept is used. On a database server they are rows, for every process, and one that is new here counts once
 * the index shows every process what it stands for; with the embedded database there is one
 * process, which counts in memory, and names its versions so that no other's are like them.
 */
export class IndexVersions {
  readonly #database: Database;
  readonly #clock: () => number;
  readonly #known = new Map<string, Known>();
  readonly #listeners: ((collectionId: string) => void)[] = [];
  /** Of this process; used where versions are not in the database. */
  readonly #origin = randomUUID();

  /** @param clock milliseconds, never going back */
  constructor(database: Database, clock: () => number = () => performance.now()) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Equal for equal states of the index, of the same collection; null: it is being written, or a search may not see all of it yet. */
  async read(context: TenantContext, collectionId: string): Promise<string | null> {
    if (this.#database.kind === 'pglite') {
      const { version, writers } = this.#knownOf(collectionId);
      return writers > 0 ? null : versionName(`${collectionId}@${this.#origin}`, version);
    }
    if (this.#knownOf(collectionId).writers > 0) return null;
    const [row] = await this.#database.withTenant(context, (tx) =>
      tx.query<{ version: number; writing: boolean }>(
        'select version::float8 as version, coalesce(writing_until > now(), false) as writing from index_versions where collection_id = $1',
        [collectionId],
      ),
    );
    // A write that came and went while the row was read knows better.
    const known = this.#knownOf(collectionId);
    this.#meet(collectionId, known, row?.version ?? 0);
    if (known.writers > 0 || row?.writing === true) return null;
    if (this.#clock() - known.metAt < SHOWN_AFTER_MS) return null;
    return versionName(collectionId, known.version);
  }

  /** Calls `listener` when a collection has another version than before, as far as this process knows. */
  onChange(listener: (collectionId: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Runs a write that searches can see. */
  async writing<T>(collection: VersionedCollection, write: () => Promise<T>): Promise<T> {
    const known = this.#knownOf(collection.collectionId);
    known.writers++;
    try {
      await known.steps.run(async () => this.#raise(collection, known, WRITE_LEASE_MS));
      return await write();
    } finally {
      // The last of several writes at once says that none is in hand any more.
      const end = known.steps.run(async () =>
        this.#raise(collection, known, known.writers > 1 ? WRITE_LEASE_MS : null),
      );
      await end.finally(() => known.writers--);
    }
  }

  #knownOf(collectionId: string): Known {
    const known = this.#known.get(collectionId);
    if (known !== undefined) return known;
    const made = { version: -1, metAt: 0, writers: 0, steps: new SerialQueue() };
    this.#known.set(collectionId, made);
    return made;
  }

  #meet(collectionId: string, known: Known, version: number): void {
    if (version <= known.version) return;
    known.version = version;
    known.metAt = this.#clock();
    for (const listener of this.#listeners) listener(collectionId);
  }

  async #raise({ tenantId, collectionId }: VersionedCollection, known: Known, leaseMs: number | null): Promise<void> {
    if (this.#database.kind === 'pglite') {
      this.#meet(collectionId, known, known.version + 1);
      return;
    }
    const context: TenantContext = { tenantId, principalId: 'index', groups: [], requestId: 'index' };
    const [row] = await this.#database.withTenant(context, (tx) =>
      tx.query<{ version: number }>(
        `insert into index_versions (tenant_id, collection_id, version, writing_until)
         values ($1, $2, 1, now() + $3::float8 * interval '1 millisecond')
         on conflict (tenant_id, collection_id) do update
            set version = index_versions.version + 1, writing_until = excluded.writing_until
         returning version::float8 as version`,
        [tenantId, collectionId, leaseMs],
      ),
    );
    this.#meet(collectionId, known, row?.version ?? 0);
  }
}

function versionName(collectionId: string, version: number): string {
  return `${collectionId}@${version}`;
}

import { randomUUID } from 'node:crypto';
import { SerialQueue, type TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';

/** Whose index. */
export interface VersionedCollection {
  readonly tenantId: string;
  readonly collectionId: string;
}

/** How long a write may take before a process that died in it no longer keeps caches from being used, ms. */
const WRITE_LEASE_MS = 600_000;

interface Known {
  version: number;
  /** Writes in hand in this process. */
  writers: number;
  /** Their beginnings and ends, one after the other. */
  readonly steps: SerialQueue;
}

/**
 * Versions of chunk indexes: raised at the beginning and at the end of each write. While a write is in hand there is no version, and
 * nothing that is kept is used. On a database server they are rows, for every process; with the embedded database there is one
 * process, which counts in memory, and names its versions so that no other's are like them.
 */
export class IndexVersions {
  readonly #database: Database;
  readonly #known = new Map<string, Known>();
  /** Of this process; used where versions are not in the database. */
  readonly #origin = randomUUID();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Equal for equal states of the index, of the same collection; null: it is being written. */
  async read(context: TenantContext, collectionId: string): Promise<string | null> {
    const known = this.#known.get(collectionId);
    if (known !== undefined && known.writers > 0) return null;
    if (this.#database.kind === 'pglite') return versionName(`${collectionId}@${this.#origin}`, known?.version ?? 0);
    const [row] = await this.#database.withTenant(context, (tx) =>
      tx.query<{ version: number; writing: boolean }>(
        'select version::float8 as version, coalesce(writing_until > now(), false) as writing from index_versions where collection_id = $1',
        [collectionId],
      ),
    );
    if (this.#isWriting(collectionId) || row?.writing === true) return null;
    const version = row?.version ?? 0;
    // A write that came and went while the row was read knows better.
    const latest = Math.max(version, this.#known.get(collectionId)?.version ?? 0);
    this.#known.set(collectionId, { version: latest, writers: 0, steps: new SerialQueue() });
    return versionName(collectionId, latest);
  }

  /** Runs a write that searches can see. */
  async writing<T>(collection: VersionedCollection, write: () => Promise<T>): Promise<T> {
    const known = this.#known.get(collection.collectionId) ?? { version: 0, writers: 0, steps: new SerialQueue() };
    this.#known.set(collection.collectionId, known);
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

  #isWriting(collectionId: string): boolean {
    return (this.#known.get(collectionId)?.writers ?? 0) > 0;
  }

  async #raise({ tenantId, collectionId }: VersionedCollection, known: Known, leaseMs: number | null): Promise<void> {
    if (this.#database.kind === 'pglite') {
      known.version++;
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
    known.version = Math.max(known.version, row?.version ?? 0);
  }
}

function versionName(collectionId: string, version: number): string {
  return `${collectionId}@${version}`;
}

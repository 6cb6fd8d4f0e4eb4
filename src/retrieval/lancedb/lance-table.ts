import type { Connection, Table } from '@lancedb/lancedb';
import type { Schema } from 'apache-arrow';
import { ownTurn, SerialQueue } from '../../base/index.ts';
import { IndexFailed } from '../index-errors.ts';
import { RowCache, type RowMemory } from './row-cache.ts';
import type { TableStore } from './table-store.ts';

const ATTEMPTS = 5;

/** Where a Lance table is and how it begins. */
export interface TablePlace {
  readonly connection: Connection;
  readonly store: TableStore;
  readonly name: string;
  readonly hasVectors: boolean;
  readonly memory: RowMemory;
}

/**
 * One Lance table: opened at first use, created at first write. Changes of existing rows and maintenance take turns;
 * appending does not wait for them (Lance merges an append with anything). Maintenance works through a handle of its own,
 * because a handle that is being compacted makes searches through it wait.
 */
export class LanceTable {
  #cache: RowCache;
  readonly #place: TablePlace;
  readonly #turns = new SerialQueue();
  #handle: Promise<Table | null> | undefined;

  constructor(place: TablePlace) {
    this.#place = place;
    this.#cache = new RowCache(place.memory, place.hasVectors);
  }

  /** What is remembered of the table's rows. */
  get cache(): RowCache {
    return this.#cache;
  }

  /** Whether files of the table may hold rows that were removed. */
  async mayHoldRemoved(): Promise<boolean> {
    return await this.#place.store.mayHoldRemoved(this.#place.name);
  }

  /** The handle for searching; null while the table does not exist. */
  async reader(): Promise<Table | null> {
    const opening = (this.#handle ??= this.#open());
    const handle = await opening.catch((error: unknown) => {
      if (this.#handle === opening) this.#handle = undefined;
      throw error;
    });
    if (handle === null && this.#handle === opening) this.#handle = undefined;
    return handle;
  }

  /**
   * Reads; a table that does not exist gives `empty`. A version that `scrub` took away while it was being read is read
   * again as it is now.
   */
  async read<T>(empty: T, work: (table: Table) => Promise<T>): Promise<T> {
    const table = await this.reader();
    if (table === null) return empty;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work(table);
      } catch (error) {
        if (attempt >= ATTEMPTS || !/not found/i.test(causesOf(error))) throw error;
        await table.checkoutLatest();
      }
    }
  }

  /** Adds rows that are known to be new. */
  async append(rows: Parameters<Table['add']>[0], create: NewTable): Promise<void> {
    const table = (await this.reader()) ?? (await this.change((found) => Promise.resolve(found), create));
    await this.#attempt('append', table, () => table.add(rows));
  }

  /** Changes rows, creating the table when it is missing; one change at a time. */
  change<T>(work: (table: Table) => Promise<T>, create: NewTable): Promise<T> {
    return this.#turns.run(async () => {
      const table = (await this.reader()) ?? (await this.#create(create));
      return this.#attempt('change rows', table, () => work(table));
    });
  }

  /** Changes rows when the table exists. */
  async changeExisting(work: (table: Table) => Promise<unknown>): Promise<void> {
    await this.#turns.run(async () => {
      const table = await this.reader();
      if (table !== null) await this.#attempt('change rows', table, () => work(table));
    });
  }

  /** Compaction and indexing, through a handle of its own; readers see the result when it is done. */
  async maintain(work: (table: Table) => Promise<unknown>): Promise<void> {
    await this.#turns.run(async () => {
      const reader = await this.reader();
      if (reader === null) return;
      const table = await this.#place.connection.openTable(this.#place.name);
      try {
        await this.#attempt('maintain', table, () => work(table));
      } finally {
        table.close();
        await reader.checkoutLatest();
      }
    });
  }

  /** Removes the table with everything on disk. */
  async drop(): Promise<void> {
    await this.#turns.run(async () => {
      await this.#cache.idle();
      await this.close();
      this.#place.memory.budget.release(this.#cache);
      // A table made anew under this name would use the same addresses again.
      this.#cache = new RowCache(this.#place.memory, this.#place.hasVectors);
      await this.#place.store.drop(this.#place.name);
    });
  }

  /** Removes what killed compactions and writes left behind; nothing else does. Only while nothing is being written. */
  async removeLeftovers(): Promise<void> {
    await this.#place.store.removeLeftovers(this.#place.name);
  }

  async close(): Promise<void> {
    const handle = await this.#handle?.catch(() => null);
    this.#handle = undefined;
    handle?.close();
  }

  async #open(): Promise<Table | null> {
    if (!(await this.#place.store.exists(this.#place.name))) return null;
    await this.removeLeftovers();
    try {
      return await this.#place.connection.openTable(this.#place.name);
    } catch (error) {
      // Its folder is there before its first version is: it is being created at this moment.
      if (/was not found/i.test(String(error))) return null;
      throw error;
    }
  }

  async #create(create: NewTable): Promise<Table> {
    await ownTurn();
    const table = await this.#place.connection.createEmptyTable(this.#place.name, create.schema, { existOk: true });
    await ownTurn();
    await create.prepare?.(table);
    this.#handle = Promise.resolve(table);
    return table;
  }

  // Another writer's commit makes a handle stale; reading the newest version and trying again resolves it.
  async #attempt<T>(what: string, table: Table, work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt >= ATTEMPTS || !/conflict|concurrent|retry/i.test(String(error)))
          throw new IndexFailed(what, error);
        await table.checkoutLatest();
      }
    }
  }
}

/** How a table begins. */
export interface NewTable {
  readonly schema: Schema;
  readonly prepare?: (table: Table) => Promise<void>;
}

/** An error's words with those of its causes. */
function causesOf(error: unknown): string {
  return error instanceof Error ? `${error.message}\n${causesOf(error.cause)}` : String(error);
}

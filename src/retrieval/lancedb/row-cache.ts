import type { Table as LanceTable } from '@lancedb/lancedb';
import type { RankedRows } from './best-rows.ts';
import { inTurns } from './in-turns.ts';
import type { Forgettable, MemoryBudget } from './memory-budget.ts';
import { PACKED_ROW_BYTES, type RememberedRow } from './packed-rows.ts';
import { ROW_COLUMNS, rowReader } from './read-rows.ts';
import { readChanges, readTable } from './read-table.ts';
import { type BatchVectors, dimensionsOf } from './read-vectors.ts';
import { TERMS_ROW_BYTES } from './remembered-terms.ts';
import { vectorBytes } from './remembered-vectors.ts';
import { type SearchedColumn, TableMemory } from './table-memory.ts';

/** What a table of vectors may take of the budget; its collection's other table, of terms, may take the rest. */
const VECTORS_SHARE = 0.65;
/** Milliseconds between two warmings of a table, if not told otherwise. */
const WARM_INTERVAL_MS = 10_000;
/** Rows missed since the last warming that make another worth its while. */
const WARM_AFTER_MISSES = 32;
/** A table that was written is read again once it has been left alone for this share of the time between two warmings. */
const LEFT_ALONE_SHARE = 0.1;
/** Smaller tables are searched by Lance, at full precision and as fast. */
const SCAN_FROM_ROWS = 10_000;
/** The words of larger ones are searched by Lance as well: in memory they would keep the event loop for more than 3 ms. */
const SCAN_TERMS_UP_TO_ROWS = 200_000;

/** What the caches of all tables share. */
export interface RowMemory {
  readonly budget: MemoryBudget;
  /** Rows from which on a table is searched in memory; undefined: 10,000. */
  readonly scanFrom?: number | undefined;
  /** Milliseconds between two warmings of a table; undefined: 10,000. */
  readonly warmIntervalMs?: number | undefined;
}

/** A version of the table, and since when it is known, ms. */
interface Met {
  readonly version: number;
  readonly at: number;
}

/**
 * Rows by their address in a Lance table, with their vectors or terms. Reading three columns of a hundred scattered rows costs
 * Lance 3 ms, more than the search itself. An address is never used again and what it names never changes (an update
 * writes a new row, a compaction gives new addresses), so nothing here goes stale but the way from a chunk's id to its
 * address: whoever replaces or removes chunks says so.
 */
export class RowCache implements Forgettable {
  readonly #budget: MemoryBudget;
  readonly #scanFrom: number;
  readonly #warmIntervalMs: number;
  readonly #hasVectors: boolean;
  readonly #memory = new TableMemory();
  /** Chunks replaced or removed while the table is being read: what is read of them may be old. */
  #changedWhileWarming = new Set<string>();
  #missed = 0;
  #warming: Promise<void> | undefined;
  #warmedAt = Number.NEGATIVE_INFINITY;
  /** The version of the table whose vectors or terms are remembered, all and no others; null: there is none. */
  #complete: number | null = null;
  /** Whether the table was large enough to be searched in memory, and fitted, when it was read last. */
  #isScanned = false;
  /** Whether the vectors of all rows were read; those written since are not among them until they are asked for. */
  #hasAllVectors = false;
  #met: Met = { version: -1, at: 0 };

  constructor(memory: RowMemory, hasVectors: boolean) {
    this.#budget = memory.budget;
    this.#scanFrom = memory.scanFrom ?? SCAN_FROM_ROWS;
    this.#warmIntervalMs = memory.warmIntervalMs ?? WARM_INTERVAL_MS;
    this.#hasVectors = hasVectors;
  }

  /**
   * The rows nearest to a vector of unit length, of all that the table has at this moment; null: not all of them are
   * remembered (yet). Scores are cosines right to .0005.
   */
  async nearest(table: LanceTable, vector: Float32Array, limit: number): Promise<RankedRows | null> {
    return (await this.#isComplete(table)) ? await this.#memory.vectors.nearest(vector, limit) : null;
  }

  /** As {@link nearest}, the rows with the highest BM25 for terms. */
  async matching(table: LanceTable, terms: readonly string[], limit: number): Promise<RankedRows | null> {
    return (await this.#isComplete(table)) ? this.#memory.terms.search(terms, limit) : null;
  }

  /** Whether vectors of rows are to be had here, all but of a few. */
  get hasVectors(): boolean {
    return this.#hasAllVectors;
  }

  /** Products of rows with a vector of unit length, as {@link RememberedVectors.cosinesTo}. */
  cosinesTo(vector: Float32Array): (address: number) => number | undefined {
    return this.#memory.vectors.cosinesTo(vector);
  }

  /** Whether all of the table as it is now is remembered, and nothing else. */
  async #isComplete(table: LanceTable): Promise<boolean> {
    if (!this.#isScanned) return false;
    const version = await table.version();
    if (version === this.#complete) return true;
    const now = performance.now();
    if (version !== this.#met.version) this.#met = { version, at: now };
    else if (now - this.#met.at >= this.#warmIntervalMs * LEFT_ALONE_SHARE) this.#warmInBackground(table);
    return false;
  }

  /** The rows at these addresses in order; null for one that is gone. */
  async rows(table: LanceTable, addresses: readonly number[]): Promise<(RememberedRow | null)[]> {
    const known = addresses.map((address) => this.#memory.rows.get(address));
    this.#count();
    const missing = addresses.filter((_, index) => known[index] === undefined);
    if (missing.length === 0) return known as RememberedRow[];
    const found = await table
      .takeRowIds(missing)
      .select([...ROW_COLUMNS])
      .toArrow();
    const rows = this.#memory.rows;
    for (const batch of found.batches) {
      const read = rowReader(batch, rows);
      for (let row = 0; row < batch.numRows; row += 1) read(row);
    }
    this.#missed += missing.length;
    const answer = addresses.map((address, index) => known[index] ?? rows.get(address) ?? null);
    this.#count();
    if (this.#missed >= Math.min(WARM_AFTER_MISSES, this.#scanFrom)) this.#warmInBackground(table);
    return answer;
  }

  /** The address last seen for a chunk; it may have been given up since, then taking it finds nothing. */
  addressOf(id: string): number | undefined {
    return this.#changedWhileWarming.has(id) ? undefined : this.#memory.rows.addressOf(id);
  }

  /** Cosines of chunks to a vector of unit length, put into the map; those whose vectors are not remembered are left out. */
  cosines(ids: readonly string[], vector: Float32Array, into: Map<string, number>): void {
    const cosineOf = this.#memory.vectors.cosinesTo(vector);
    for (const id of ids) {
      const address = this.addressOf(id);
      const cosine = address === undefined ? undefined : cosineOf(address);
      if (cosine !== undefined) into.set(id, cosine);
    }
  }

  /** Vector of a chunk; undefined when it is not remembered. */
  vector(id: string): Float32Array | undefined {
    const address = this.addressOf(id);
    return address === undefined ? undefined : this.#memory.vectors.vector(address);
  }

  /** Remembers the vector of one row of a batch. */
  rememberVector(place: { readonly id: string; readonly address: number }, vectors: BatchVectors, row: number): void {
    this.#memory.rows.setAddress(this.#memory.rows.ids.numberOf(place.id), place.address);
    // A row that the table as it was read has not: an earlier version's.
    if (this.#memory.vectors.remember(place.address, vectors, row)) this.#complete = null;
    this.#count();
  }

  /** Chunks were replaced: their rows have other addresses now. */
  replaced(ids: readonly string[]): void {
    for (const id of ids) this.#changed(id);
  }

  /** Documents were removed: their chunks have no rows now. */
  async removed(documentIds: readonly string[]): Promise<void> {
    await inTurns(this.#memory.rows.chunksOf(documentIds), (id) => {
      if (id !== null) this.#changed(id);
    });
  }

  forget(): void {
    this.#memory.forget();
    this.#complete = null;
    this.#hasAllVectors = false;
  }

  /** Settles when no warming is under way. */
  async idle(): Promise<void> {
    await this.#warming;
  }

  #warmInBackground(table: LanceTable): void {
    if (this.#warming !== undefined) return;
    if (performance.now() - this.#warmedAt < this.#warmIntervalMs) return;
    this.#warmedAt = performance.now();
    this.#missed = 0;
    // A failure only means that rows are read one search at a time.
    this.#warming = this.#warm(table)
      .catch(() => undefined)
      .finally(() => {
        this.#warming = undefined;
        for (const id of this.#changedWhileWarming) this.#memory.rows.forgetAddress(id);
        this.#changedWhileWarming.clear();
      });
  }

  /** Rows where they fit, vectors or terms where both do. What is gone by then is left behind. */
  async #warm(table: LanceTable): Promise<void> {
    const version = await table.version();
    const count = await table.countRows();
    const dimensions = this.#hasVectors ? dimensionsOf(await table.schema()) : 0;
    const share = this.#hasVectors ? VECTORS_SHARE : 1 - VECTORS_SHARE;
    const fits = (rowBytes: number): boolean => count * rowBytes <= this.#budget.limit * share;
    const isLarge = count >= this.#scanFrom;
    const withVectors = dimensions > 0 && fits(PACKED_ROW_BYTES + vectorBytes(dimensions));
    this.#isScanned = false;
    // While it is read again, what was read before is there.
    this.#hasAllVectors &&= withVectors;
    if (!fits(PACKED_ROW_BYTES)) return;
    if (this.#hasVectors) {
      this.#isScanned = withVectors && isLarge;
      await this.#read(table, { count, column: withVectors ? 'vector' : null });
      this.#hasAllVectors = withVectors;
    } else {
      this.#isScanned = isLarge && count <= SCAN_TERMS_UP_TO_ROWS && fits(PACKED_ROW_BYTES + TERMS_ROW_BYTES);
      await this.#read(table, { count, column: this.#isScanned ? 'terms' : null });
    }
    this.#count();
    // Equal numbers at both ends: everything was read from one version.
    this.#complete = this.#isScanned && (await table.version()) === version ? version : null;
  }

  async #read(
    table: LanceTable,
    of: { readonly count: number; readonly column: SearchedColumn | null },
  ): Promise<void> {
    const { count, column } = of;
    if (column !== null && (await readChanges(table, this.#memory, { count, column }))) return;
    await readTable(table, this.#memory, of);
  }

  #changed(id: string): void {
    this.#memory.rows.forgetAddress(id);
    if (this.#warming !== undefined) this.#changedWhileWarming.add(id);
  }

  #count(): void {
    this.#budget.holds(this, this.#memory.bytes);
  }
}

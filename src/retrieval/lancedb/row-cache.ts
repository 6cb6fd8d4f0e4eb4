import type { Table as LanceTable } from '@lancedb/lancedb';
import type { Data, RecordBatch, Utf8 } from 'apache-arrow';
import type { Forgettable, MemoryBudget } from './memory-budget.ts';
import { PACKED_ROW_BYTES, PackedRows, type RememberedRow } from './packed-rows.ts';
import { ROW_COLUMNS, rowReader } from './read-rows.ts';
import { type BatchVectors, dimensionsOf, readVectors } from './read-vectors.ts';
import type { RankedRows } from './best-rows.ts';
import { RememberedTerms, TERMS_ROW_BYTES } from './remembered-terms.ts';
import { RememberedVectors, vectorBytes } from './remembered-vectors.ts';

/** What one table may take of the budget: a collection has two. */
const SHARE_PER_TABLE = 0.5;
/** Rows decoded in one turn of the event loop while warming, and those whose terms are read as well: 1 to 2 ms. */
const WARM_BATCH = 250;
const WARM_BATCH_WITH_TERMS = 100;
/** Entries looked at in one turn while dropping those that are gone. */
const ENTRIES_PER_TURN = 5_000;
/** Milliseconds between two warmings of a table, if not told otherwise. */
const WARM_INTERVAL_MS = 10_000;
/** Rows missed since the last warming that make another worth its while. */
const WARM_AFTER_MISSES = 32;
/** A table that was written is read again once it has been left alone for this share of the time between two warmings. */
const LEFT_ALONE_SHARE = 0.1;
/** Smaller tables are searched by Lance, at full precision and as fast. */
const SCAN_FROM_ROWS = 10_000;
/** Larger ones as well: searching more in memory would keep the event loop for more than 3 ms. */
const SCAN_UP_TO_ROWS = 200_000;
/** Share of the rows that may be new or gone for them to be read one by one instead of all anew. */
const READ_SINGLY_SHARE = 0.1;
const ROWS_PER_STATEMENT = 1_000;

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
  readonly #vectors = new RememberedVectors();
  readonly #terms = new RememberedTerms();
  #rows = new PackedRows();
  /** Chunks replaced or removed while the table is being read: what is read of them may be old. */
  #changedWhileWarming = new Set<string>();
  #missed = 0;
  #warming: Promise<void> | undefined;
  #warmedAt = Number.NEGATIVE_INFINITY;
  /** The version of the table whose vectors or terms are remembered, all and no others; null: there is none. */
  #complete: number | null = null;
  /** Whether the table was small enough, and large enough, to be searched in memory when it was read last. */
  #isScanned = false;
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
    return (await this.#isComplete(table)) ? this.#vectors.nearest(vector, limit) : null;
  }

  /** As {@link nearest}, the rows with the highest BM25 for terms. */
  async matching(table: LanceTable, terms: readonly string[], limit: number): Promise<RankedRows | null> {
    return (await this.#isComplete(table)) ? this.#terms.search(terms, limit) : null;
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
    const known = addresses.map((address) => this.#rows.get(address));
    this.#count();
    const missing = addresses.filter((_, index) => known[index] === undefined);
    if (missing.length === 0) return known as RememberedRow[];
    const found = await table
      .takeRowIds(missing)
      .select([...ROW_COLUMNS])
      .toArrow();
    const rows = this.#rows;
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
    return this.#changedWhileWarming.has(id) ? undefined : this.#rows.addressOf(id);
  }

  /** Cosines of chunks to a vector of unit length, put into the map; those whose vectors are not remembered are left out. */
  cosines(ids: readonly string[], vector: Float32Array, into: Map<string, number>): void {
    const cosineOf = this.#vectors.cosinesTo(vector);
    for (const id of ids) {
      const address = this.addressOf(id);
      const cosine = address === undefined ? undefined : cosineOf(address);
      if (cosine !== undefined) into.set(id, cosine);
    }
  }

  /** Vector of a chunk; undefined when it is not remembered. */
  vector(id: string): Float32Array | undefined {
    const address = this.addressOf(id);
    return address === undefined ? undefined : this.#vectors.vector(address);
  }

  /** Remembers the vector of one row of a batch. */
  rememberVector(place: { readonly id: string; readonly address: number }, vectors: BatchVectors, row: number): void {
    this.#rows.setAddress(this.#rows.ids.numberOf(place.id), place.address);
    // A row that the table as it was read has not: an earlier version's.
    if (this.#vectors.remember(place.address, vectors, row)) this.#complete = null;
    this.#count();
  }

  /** Chunks were replaced: their rows have other addresses now. */
  replaced(ids: readonly string[]): void {
    for (const id of ids) this.#changed(id);
  }

  /** Documents were removed: their chunks have no rows now. */
  async removed(documentIds: readonly string[]): Promise<void> {
    await inTurns(this.#rows.chunksOf(documentIds), (id) => {
      if (id !== null) this.#changed(id);
    });
  }

  forget(): void {
    this.#rows = new PackedRows();
    this.#vectors.clear();
    this.#terms.clear();
    this.#complete = null;
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
        for (const id of this.#changedWhileWarming) this.#rows.forgetAddress(id);
        this.#changedWhileWarming.clear();
      });
  }

  /** Rows where they fit, vectors or terms where both do. What is gone by then is left behind. */
  async #warm(table: LanceTable): Promise<void> {
    const version = await table.version();
    const count = await table.countRows();
    const dimensions = this.#hasVectors ? dimensionsOf(await table.schema()) : 0;
    const fits = (rowBytes: number): boolean => count * rowBytes <= this.#budget.limit * SHARE_PER_TABLE;
    const isMiddling = count >= this.#scanFrom && count <= SCAN_UP_TO_ROWS;
    this.#isScanned = false;
    if (!fits(PACKED_ROW_BYTES)) return;
    if (this.#hasVectors) {
      const withVectors = dimensions > 0 && fits(PACKED_ROW_BYTES + vectorBytes(dimensions));
      this.#isScanned = withVectors && isMiddling;
      await this.#read(table, { count, column: withVectors ? 'vector' : null });
    } else {
      this.#isScanned = isMiddling && fits(PACKED_ROW_BYTES + TERMS_ROW_BYTES);
      await this.#read(table, { count, column: this.#isScanned ? 'terms' : null });
    }
    this.#count();
    // Equal numbers at both ends: everything was read from one version.
    this.#complete = this.#isScanned && (await table.version()) === version ? version : null;
  }

  /** @param of.column read beside what is always read; null: none */
  async #read(table: LanceTable, of: { readonly count: number; readonly column: Column | null }): Promise<void> {
    if (this.#isScanned && of.column !== null && (await this.#readChanges(table, of.column))) return;
    this.#terms.clear();
    const rows = new PackedRows(of.count);
    const columns = of.column === null ? [...ROW_COLUMNS] : [...ROW_COLUMNS, of.column];
    for await (const batch of table.query().select(columns)) await this.#adopt(batch, rows);
    this.#rows = rows;
    await this.#forgetOthers((address) => rows.has(address));
  }

  async #readChanges(table: LanceTable, column: Column): Promise<boolean> {
    const present = new Set<number>();
    for await (const batch of table.query().select(['_rowid'])) {
      const addresses = batch.getChild('_rowid')?.toArray() as BigUint64Array;
      await inTurns(addresses, (address) => present.add(Number(address)));
    }
    const missing: number[] = [];
    await inTurns(present, (address) => {
      const isRemembered = column === 'vector' ? this.#vectors.has(address) : this.#terms.has(address);
      if (!isRemembered || !this.#rows.has(address)) missing.push(address);
    });
    const few = present.size * READ_SINGLY_SHARE;
    if (missing.length > few || this.#rows.size - present.size > few) return false;
    for (let from = 0; from < missing.length; from += ROWS_PER_STATEMENT) {
      const query = table.takeRowIds(missing.slice(from, from + ROWS_PER_STATEMENT)).select([...ROW_COLUMNS, column]);
      for (const batch of (await query.toArrow()).batches) await this.#adopt(batch, this.#rows);
    }
    await this.#forgetOthers((address) => present.has(address));
    return true;
  }

  async #forgetOthers(isThere: (address: number) => boolean): Promise<void> {
    const remembered = this.#hasVectors ? this.#vectors : this.#terms;
    await inTurns(remembered.addresses(), (address) => {
      if (!isThere(address)) remembered.forget(address);
    });
  }

  /** Takes the rows of a batch in, with their vectors or terms where it has them. */
  async #adopt(batch: RecordBatch, rows: PackedRows): Promise<void> {
    const read = rowReader(batch, rows);
    const vectors = readVectors(batch);
    const terms = batch.getChild('terms')?.data[0] as Data<Utf8> | undefined;
    const perTurn = terms === undefined ? WARM_BATCH : WARM_BATCH_WITH_TERMS;
    for (let row = 0; row < batch.numRows; row += 1) {
      const address = read(row);
      if (vectors !== null) this.#vectors.remember(address, vectors, row);
      if (terms !== undefined) this.#terms.add(address, terms.values, stretchOf(terms, row));
      if (row % perTurn === perTurn - 1) await new Promise(setImmediate);
    }
    this.#count();
  }

  #changed(id: string): void {
    this.#rows.forgetAddress(id);
    if (this.#warming !== undefined) this.#changedWhileWarming.add(id);
  }

  #count(): void {
    this.#budget.holds(this, this.#rows.bytes + this.#vectors.bytes + this.#terms.bytes);
  }
}

/** The column that a table is searched by. */
type Column = 'vector' | 'terms';

/** Where the text of a row is. */
function stretchOf({ valueOffsets }: Data<Utf8>, row: number): { readonly start: number; readonly end: number } {
  return { start: valueOffsets[row] as number, end: valueOffsets[row + 1] as number };
}

/** Does a small thing with each entry, letting others have their turn. */
async function inTurns<T>(entries: Iterable<T>, work: (entry: T) => void): Promise<void> {
  let done = 0;
  for (const entry of entries) {
    work(entry);
    done += 1;
    if (done % ENTRIES_PER_TURN === 0) await new Promise(setImmediate);
  }
}

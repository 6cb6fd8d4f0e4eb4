import type { Table as LanceTable } from '@lancedb/lancedb';
import type { Table as ArrowTable, RecordBatch } from 'apache-arrow';
import type { Forgettable, MemoryBudget } from './memory-budget.ts';
import { type BatchVectors, dimensionsOf, readVectors } from './read-vectors.ts';
import { RememberedVectors } from './remembered-vectors.ts';
import { type RowFacts, SharedFacts } from './shared-facts.ts';
import { NO_END } from './to-lance-filter.ts';

/** What is remembered of a row: what a hit returns and what the filter of every search asks. */
export interface RememberedRow {
  readonly id: string;
  /** Shared between the chunks of a version. */
  readonly facts: RowFacts;
}

/** Bytes of a remembered row, measured: id, row, two entries of maps. */
const ROW_BYTES = 250;
/** Bytes of the attributes of a version. */
const FACTS_BYTES = 350;
/** What one table may take of the budget: a collection has two. */
const SHARE_PER_TABLE = 0.5;
/** Rows decoded in one turn of the event loop while warming: about 1 ms. */
const WARM_BATCH = 250;
/** Entries looked at in one turn while dropping those that are gone. */
const ENTRIES_PER_TURN = 5_000;
/** Milliseconds between two warmings of a table. */
const WARM_INTERVAL_MS = 10_000;
/** Rows missed since the last warming that make another worth its while. */
const WARM_AFTER_MISSES = 32;
const COLUMNS = ['id', 'documentId', 'versionId', 'acl', 'effectiveFrom', 'effectiveTo', '_rowid'];

/**
 * Rows by their address in a Lance table, with their vectors. Reading three columns of a hundred scattered rows costs
 * Lance 3 ms, more than the search itself. An address is never used again and what it names never changes (an update
 * writes a new row, a compaction gives new addresses), so nothing here goes stale but the way from a chunk's id to its
 * address: whoever replaces or removes chunks says so.
 */
export class RowCache implements Forgettable {
  readonly #budget: MemoryBudget;
  readonly #hasVectors: boolean;
  readonly #vectors = new RememberedVectors();
  #rows = new Map<number, RememberedRow>();
  #addresses = new Map<string, number>();
  #facts = new SharedFacts();
  /** Chunks replaced or removed while the table is being read: what is read of them may be old. */
  #changedWhileWarming = new Set<string>();
  #missed = 0;
  #warming: Promise<void> | undefined;
  #warmedAt = Number.NEGATIVE_INFINITY;

  constructor(budget: MemoryBudget, hasVectors: boolean) {
    this.#budget = budget;
    this.#hasVectors = hasVectors;
  }

  /** The rows at these addresses in order; null for one that is gone. */
  async rows(table: LanceTable, addresses: readonly number[]): Promise<(RememberedRow | null)[]> {
    const known = addresses.map((address) => this.#rows.get(address));
    this.#count();
    const missing = addresses.filter((_, index) => known[index] === undefined);
    if (missing.length === 0) return known as RememberedRow[];
    const found = await table.takeRowIds(missing).select(COLUMNS).toArrow();
    const places = found.getChild('_rowid');
    const decode = rowDecoder(found);
    const read = new Map<number, RememberedRow>();
    for (let row = 0; row < found.numRows; row += 1) {
      const address = Number(places?.get(row));
      read.set(address, this.#set(address, decode(row)));
    }
    this.#count();
    this.#missed += missing.length;
    this.#warmInBackground(table);
    return addresses.map((address, index) => known[index] ?? read.get(address) ?? null);
  }

  /** The address last seen for a chunk; it may have been given up since, then taking it finds nothing. */
  addressOf(id: string): number | undefined {
    return this.#changedWhileWarming.has(id) ? undefined : this.#addresses.get(id);
  }

  /** Cosine of a chunk to a vector of unit length; undefined when its vector is not remembered. */
  cosine(id: string, vector: Float32Array): number | undefined {
    const address = this.addressOf(id);
    return address === undefined ? undefined : this.#vectors.cosine(address, vector);
  }

  /** Vector of a chunk; undefined when it is not remembered. */
  vector(id: string): Float32Array | undefined {
    const address = this.addressOf(id);
    return address === undefined ? undefined : this.#vectors.vector(address);
  }

  /** Remembers the vector of one row of a batch. */
  rememberVector(place: { readonly id: string; readonly address: number }, vectors: BatchVectors, row: number): void {
    this.#addresses.set(place.id, place.address);
    this.#vectors.remember(place.address, vectors, row);
    this.#count();
  }

  /** Chunks were replaced: their rows have other addresses now. */
  replaced(ids: readonly string[]): void {
    for (const id of ids) this.#changed(id);
  }

  /** Documents were removed: their chunks have no rows now. */
  async removed(documentIds: readonly string[]): Promise<void> {
    const documents = new Set(documentIds);
    await inTurns(this.#addresses, ([id, address]) => {
      const row = this.#rows.get(address);
      if (row === undefined || documents.has(row.facts.documentId)) this.#changed(id);
    });
  }

  forget(): void {
    this.#rows = new Map();
    this.#addresses = new Map();
    this.#facts = new SharedFacts();
    this.#vectors.clear();
  }

  /** Settles when no warming is under way. */
  async idle(): Promise<void> {
    await this.#warming;
  }

  #warmInBackground(table: LanceTable): void {
    if (this.#warming !== undefined || this.#missed < WARM_AFTER_MISSES) return;
    if (performance.now() - this.#warmedAt < WARM_INTERVAL_MS) return;
    this.#warmedAt = performance.now();
    this.#missed = 0;
    // A failure only means that rows are read one search at a time.
    this.#warming = this.#warm(table)
      .catch(() => undefined)
      .finally(() => {
        this.#warming = undefined;
        for (const id of this.#changedWhileWarming) this.#addresses.delete(id);
        this.#changedWhileWarming.clear();
      });
  }

  async #warm(table: LanceTable): Promise<void> {
    const dimensions = this.#hasVectors ? dimensionsOf(await table.schema()) : 0;
    const bytes = (await table.countRows()) * (ROW_BYTES + dimensions);
    if (bytes > this.#budget.limit * SHARE_PER_TABLE) return;
    const present = new Set<number>();
    const columns = this.#hasVectors ? [...COLUMNS, 'vector'] : COLUMNS;
    for await (const batch of table.query().select(columns)) {
      for (let start = 0; start < batch.numRows; start += WARM_BATCH) {
        this.#adopt(batch.slice(start, start + WARM_BATCH), present);
        await new Promise(setImmediate);
      }
      this.#count();
    }
    await inTurns(this.#rows.keys(), (address) => {
      if (!present.has(address)) this.#drop(address);
    });
  }

  /** Remembers the rows of a batch that are not remembered yet. */
  #adopt(batch: RecordBatch, present: Set<number>): void {
    const addresses = batch.getChild('_rowid');
    const decode = rowDecoder(batch);
    const vectors = readVectors(batch);
    for (let row = 0; row < batch.numRows; row += 1) {
      const address = Number(addresses?.get(row));
      present.add(address);
      if (!this.#rows.has(address)) this.#set(address, decode(row));
      if (vectors !== null) this.#vectors.remember(address, vectors, row);
    }
  }

  #set(address: number, { id, facts }: RememberedRow): RememberedRow {
    const kept = { id, facts: this.#facts.shared(facts) };
    this.#rows.set(address, kept);
    if (this.#hasVectors) this.#addresses.set(id, address);
    return kept;
  }

  #drop(address: number): void {
    const id = this.#rows.get(address)?.id;
    if (id !== undefined && this.#addresses.get(id) === address) this.#addresses.delete(id);
    this.#rows.delete(address);
    this.#vectors.forget(address);
  }

  #changed(id: string): void {
    this.#addresses.delete(id);
    if (this.#warming !== undefined) this.#changedWhileWarming.add(id);
  }

  #count(): void {
    this.#budget.holds(this, this.#rows.size * ROW_BYTES + this.#facts.size * FACTS_BYTES + this.#vectors.bytes);
  }
}

function rowDecoder(batch: ArrowTable | RecordBatch): (row: number) => RememberedRow {
  const column = (name: string): { get(row: number): unknown } | null => batch.getChild(name);
  const [ids, documents, versions, acls] = ['id', 'documentId', 'versionId', 'acl'].map(column);
  const [starts, ends] = ['effectiveFrom', 'effectiveTo'].map(column);
  return (row) => {
    const effectiveTo = Number(ends?.get(row));
    const facts = {
      documentId: String(documents?.get(row)),
      versionId: String(versions?.get(row)),
      acl: [...((acls?.get(row) ?? []) as Iterable<string>)],
      effectiveFrom: Number(starts?.get(row)),
      effectiveTo: effectiveTo === NO_END ? null : effectiveTo,
    };
    return { id: String(ids?.get(row)), facts };
  };
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

import type { Table as LanceTable } from '@lancedb/lancedb';
import type { Table as ArrowTable, RecordBatch } from 'apache-arrow';
import { NO_END } from './to-lance-filter.ts';

/** What is remembered of a row: what a hit returns and what the filter of every search asks. */
export interface RememberedRow {
  readonly id: string;
  /** Shared between the chunks of a version. */
  readonly facts: RowFacts;
}

/** The attributes chunks of one version have in common. */
export interface RowFacts {
  readonly documentId: string;
  readonly versionId: string;
  readonly acl: readonly string[];
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
}

/** Rows remembered per table; about 150 bytes each. Larger tables are remembered in part. */
const ROW_LIMIT = 250_000;
/** Rows decoded in one turn of the event loop while warming: about 1 ms. */
const WARM_BATCH = 250;
/** Milliseconds between two warmings of a table. */
const WARM_INTERVAL_MS = 10_000;
const COLUMNS = ['id', 'documentId', 'versionId', 'acl', 'effectiveFrom', 'effectiveTo', '_rowid'];

/**
 * Rows by their address in a Lance table. Reading three columns of a hundred scattered rows costs Lance 3 ms, more than
 * the search itself. An address is never used again and what it names never changes (an update writes a new row, a
 * compaction gives new addresses), so nothing here goes stale.
 */
export class RowCache {
  #rows = new Map<number, RememberedRow>();
  #addresses = new Map<string, number>();
  #facts = new Map<string, RowFacts>();
  #warming: Promise<void> | undefined;
  #warmedAt = Number.NEGATIVE_INFINITY;
  readonly #withAddresses: boolean;

  /** @param withAddresses whether {@link addressOf} is wanted */
  constructor(withAddresses: boolean) {
    this.#withAddresses = withAddresses;
  }

  /** The rows at these addresses in order; null for one that is gone. */
  async rows(table: LanceTable, addresses: readonly number[]): Promise<(RememberedRow | null)[]> {
    const missing = addresses.filter((address) => !this.#rows.has(address));
    const read = missing.length > 0 ? await this.#read(table, missing) : undefined;
    if (missing.length > 0) this.#warmInBackground(table);
    return addresses.map((address) => this.#rows.get(address) ?? read?.get(address) ?? null);
  }

  /** The address last seen for a chunk; it may have been given up since, then taking it finds nothing. */
  addressOf(id: string): number | undefined {
    return this.#addresses.get(id);
  }

  /** Settles when no warming is under way. */
  async idle(): Promise<void> {
    await this.#warming;
  }

  async #read(table: LanceTable, addresses: readonly number[]): Promise<Map<number, RememberedRow>> {
    const found = await table
      .takeRowIds([...addresses])
      .select(COLUMNS)
      .toArrow();
    const rows = new Map<number, RememberedRow>();
    this.#collect(found, rows);
    if (this.#rows.size + rows.size > ROW_LIMIT) this.#forget();
    this.#adopt(rows);
    return rows;
  }

  #warmInBackground(table: LanceTable): void {
    if (this.#warming !== undefined || performance.now() - this.#warmedAt < WARM_INTERVAL_MS) return;
    this.#warmedAt = performance.now();
    // A failure only means that rows are read one search at a time.
    this.#warming = this.#warm(table)
      .catch(() => undefined)
      .finally(() => {
        this.#warming = undefined;
      });
  }

  async #warm(table: LanceTable): Promise<void> {
    if ((await table.countRows()) > ROW_LIMIT) return;
    const rows = new Map<number, RememberedRow>();
    const query = table.query().select(COLUMNS);
    for await (const batch of query) {
      for (let start = 0; start < batch.numRows; start += WARM_BATCH) {
        this.#collect(batch.slice(start, start + WARM_BATCH), rows);
        await new Promise(setImmediate);
      }
    }
    this.#forget();
    this.#adopt(rows);
  }

  #adopt(rows: ReadonlyMap<number, RememberedRow>): void {
    for (const [address, row] of rows) {
      this.#rows.set(address, row);
      if (this.#withAddresses) this.#addresses.set(row.id, address);
    }
  }

  #forget(): void {
    this.#rows = new Map();
    this.#addresses = new Map();
    if (this.#facts.size > ROW_LIMIT) this.#facts = new Map();
  }

  #collect(found: ArrowTable | RecordBatch, rows: Map<number, RememberedRow>): void {
    const column = (name: string): { get(row: number): unknown } | null => found.getChild(name);
    const [ids, documents, versions, acls] = ['id', 'documentId', 'versionId', 'acl'].map(column);
    const [starts, ends, addresses] = ['effectiveFrom', 'effectiveTo', '_rowid'].map(column);
    for (let row = 0; row < found.numRows; row += 1) {
      const effectiveTo = Number(ends?.get(row));
      const facts = this.#shared({
        documentId: String(documents?.get(row)),
        versionId: String(versions?.get(row)),
        acl: [...((acls?.get(row) ?? []) as Iterable<string>)],
        effectiveFrom: Number(starts?.get(row)),
        effectiveTo: effectiveTo === NO_END ? null : effectiveTo,
      });
      rows.set(Number(addresses?.get(row)), { id: String(ids?.get(row)), facts });
    }
  }

  #shared(facts: RowFacts): RowFacts {
    const key = [facts.documentId, facts.versionId, facts.effectiveFrom, facts.effectiveTo, ...facts.acl].join('\n');
    const known = this.#facts.get(key);
    if (known !== undefined) return known;
    this.#facts.set(key, facts);
    return facts;
  }
}

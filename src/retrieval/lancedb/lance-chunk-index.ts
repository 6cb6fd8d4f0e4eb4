import { totalmem } from 'node:os';
import { isAbsolute } from 'node:path';
import type { Connection, Table } from '@lancedb/lancedb';
import type { RecordBatch, Table as ArrowTable } from 'apache-arrow';
import { inTurns, OperationAborted, ownTurn } from '../../base/index.ts';
import { checkIds, checkLimit, checkVector } from '../check-entry.ts';
import {
  type ChunkAttributes,
  type ChunkIndex,
  type Hit,
  type IndexScope,
  type PutOptions,
  type SearchOptions,
  type TextEntry,
  type VectorEntry,
  WRITES_SHOWN_WITHIN_MS,
} from '../chunk-index.ts';
import { arrow } from './arrow.ts';
import { textRows, textSchema, vectorRows, vectorSchema } from './columns.ts';
import { IndexEntryInvalid } from '../index-errors.ts';
import { type LanceBucket, storageOptionsOf } from './lance-bucket.ts';
import { LanceTable, type NewTable } from './lance-table.ts';
import { loadLanceDb } from './lancedb.ts';
import {
  indexTerms,
  optimiseText,
  optimiseVectors,
  type Probing,
  probingOf,
  scrubTable,
  unindexedText,
  unindexedVectors,
} from './maintenance.ts';
import { PartitionShares } from './partition-share.ts';
import { MemoryBudget } from './memory-budget.ts';
import { nearestRows } from './nearest-rows.ts';
import { rankedBy } from './ranked-by.ts';
import { rankedSearch, type RunQuery } from './ranked-search.ts';
import { similaritiesOf, vectorsOf } from './similarities.ts';
import { BucketStore, FolderStore, type TableStore } from './table-store.ts';
import type { RowMemory } from './row-cache.ts';
import { fileSafe, textName, vectorsPrefix } from './table-names.ts';
import { literal } from './to-lance-filter.ts';

/** How the index is opened. */
export interface LanceChunkIndexOptions {
  /** Absolute path of the folder the tables live in; made when missing. */
  readonly folder: string;
  /** Keeps the tables in an S3-compatible bucket instead; the folder then holds nothing. */
  readonly bucket?: LanceBucket;
  /** Bytes of index kept in memory, default 128 MiB. */
  readonly indexCacheBytes?: number;
  /** Bytes of table metadata kept in memory, default 32 MiB. */
  readonly metadataCacheBytes?: number;
  /**
   * Bytes of rows and vectors remembered over all tables, default a twentieth of the machine's memory, 160…1,024 MiB. 160 MiB hold a
   * collection of 150,000 chunks, or one of 500,000 without its vectors; 1,024 MiB one of 1,000,000.
   */
  readonly rowCacheBytes?: number;
  /** Rows from which on columns that filters name get an index, default 5,000. */
  readonly scalarIndexFromRows?: number;
  /** Rows from which on a table is searched in memory, where it fits; default 10,000. */
  readonly scanFromRows?: number;
  /** Milliseconds after which a table that changed may be read into memory again, default 10,000. */
  readonly rereadAfterMs?: number;
}

/** Rows made at once: of 384 dimensions they take about 2 ms of the event loop. */
const BATCH = 256;
/** Rows per commit. One costs 10 ms of processor and a file, however few its rows; of 384 dimensions these make 1 MB. */
const COMMIT = 1_024;
/** Ids per statement. */
const IDS_PER_STATEMENT = 500;
/** Share of the machine's memory that rows and vectors may take, and the bounds of that, bytes. */
const MEMORY_SHARE = 0.05;
const LEAST_MEMORY = 160 << 20;
const MOST_MEMORY = 1_024 << 20;

/**
 * The chunk index on LanceDB, embedded, on local disk. Two tables per (tenant, collection): one of terms, and per embedder
 * one of vectors, both appended to, so that text is searchable before its vector follows.
 * @throws IndexEntryInvalid when the folder is not an absolute path
 */
export async function openLanceChunkIndex(options: LanceChunkIndexOptions): Promise<ChunkIndex> {
  if (!isAbsolute(options.folder))
    throw new IndexEntryInvalid(`the folder "${options.folder}" is not an absolute path`);
  const { connect, Session } = await loadLanceDb();
  const session = new Session(
    BigInt(options.indexCacheBytes ?? 128 << 20),
    BigInt(options.metadataCacheBytes ?? 32 << 20),
  );
  const { bucket } = options;
  const folder = new FolderStore(options.folder);
  if (bucket === undefined) await folder.prepare();
  const storage = bucket === undefined ? {} : { storageOptions: storageOptionsOf(bucket) };
  const connection = await connect(
    bucket === undefined ? options.folder : `s3://${[bucket.bucket, bucket.prefix].filter(Boolean).join('/')}`,
    { readConsistencyInterval: WRITES_SHOWN_WITHIN_MS / 1_000, ...storage },
    session,
  );
  const store = bucket === undefined ? folder : new BucketStore(connection);
  const memory: RowMemory = {
    budget: new MemoryBudget(options.rowCacheBytes ?? memoryForRows()),
    scanFrom: options.scanFromRows,
    warmIntervalMs: options.rereadAfterMs,
  };
  return new LanceChunkIndex({ store, connection, memory, scalarsFrom: options.scalarIndexFromRows });
}

function memoryForRows(): number {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.max(LEAST_MEMORY, Math.min(MOST_MEMORY, memory * MEMORY_SHARE));
}

class LanceChunkIndex implements ChunkIndex {
  readonly #store: TableStore;
  readonly #connection: Connection;
  readonly #memory: RowMemory;
  readonly #scalarsFrom: number | undefined;
  readonly #tables = new Map<string, LanceTable>();
  readonly #shares = new PartitionShares();
  readonly #probing = new WeakMap<Table, { readonly checkedAt: number; readonly probing: Probing | null }>();

  constructor(parts: {
    readonly store: TableStore;
    readonly connection: Connection;
    readonly memory: RowMemory;
    readonly scalarsFrom: number | undefined;
  }) {
    this.#memory = parts.memory;
    this.#store = parts.store;
    this.#connection = parts.connection;
    this.#scalarsFrom = parts.scalarsFrom;
  }

  async putText(scope: IndexScope, entries: readonly TextEntry[], options: PutOptions): Promise<void> {
    const create: NewTable = { schema: textSchema(), prepare: indexTerms };
    await this.#put(this.#text(scope), entries, { options, create, rows: textRows });
  }

  async putVectors(scope: IndexScope, entries: readonly VectorEntry[], options: PutOptions): Promise<void> {
    await inTurns(entries, (entry) => checkVector(entry.vector, scope));
    const create: NewTable = { schema: vectorSchema(scope.dimensions) };
    const rows = (batch: readonly VectorEntry[]) => vectorRows(batch, scope.dimensions);
    await this.#put(this.#vectors(scope), entries, { options, create, rows });
  }

  async closeVersions(scope: IndexScope, versionIds: readonly string[], effectiveTo: number): Promise<void> {
    if (!Number.isSafeInteger(effectiveTo)) throw new IndexEntryInvalid('effectiveTo is not whole milliseconds');
    await this.#forIds(scope, { column: 'versionId', ids: versionIds }, (table, where) =>
      table.update({ where, valuesSql: { effectiveTo: String(effectiveTo) } }),
    );
  }

  async removeDocuments(scope: IndexScope, documentIds: readonly string[]): Promise<void> {
    await this.#forIds(scope, { column: 'documentId', ids: documentIds }, (table, where) => table.delete(where));
    for (const table of await this.#everyTable(scope)) await table.cache.removed(documentIds);
  }

  async scrub(scope: IndexScope): Promise<void> {
    for (const table of await this.#everyTable(scope)) {
      const kind = table === this.#text(scope) ? 'text' : 'vectors';
      await table.maintain(async (handle) => {
        await scrubTable(handle, { kind, mayHoldRemoved: () => table.mayHoldRemoved() });
        await table.removeLeftovers();
      });
    }
  }

  async optimise(scope: IndexScope): Promise<void> {
    const both = await Promise.allSettled([
      this.#text(scope).maintain((table) => optimiseText(table, this.#scalarsFrom)),
      this.#vectors(scope).maintain((table) => optimiseVectors(table, this.#scalarsFrom)),
    ]);
    for (const one of both) if (one.status === 'rejected') throw one.reason;
  }

  async unindexed(scope: IndexScope): Promise<{ text: number; vectors: number }> {
    const [text, vectors] = await Promise.all([this.#text(scope).reader(), this.#vectors(scope).reader()]);
    return {
      text: text === null ? 0 : await unindexedText(text),
      vectors: vectors === null ? 0 : await unindexedVectors(vectors),
    };
  }

  async searchText(scope: IndexScope, terms: readonly string[], options: SearchOptions): Promise<Hit[]> {
    if (terms.length === 0) return [];
    const source = this.#text(scope);
    const { MatchQuery } = await loadLanceDb();
    const match = new MatchQuery([...new Set(terms)].join(' '), 'terms');
    return await source.read<Hit[]>([], (table) => {
      const run: RunQuery = async (where, limit) => {
        const remembered = where === null ? await source.cache.matching(table, terms, limit) : null;
        if (remembered !== null) return remembered;
        const query = table.query().fullTextSearch(match).select(['_rowid', '_score']).limit(limit);
        return await rankedBy('_score', where === null ? query : query.where(where));
      };
      const rows = { table, cache: source.cache, run };
      return this.#search(() => rankedSearch(rows, options.filter, checkLimit(options)), options);
    });
  }

  async searchVectors(scope: IndexScope, vector: Float32Array, options: SearchOptions): Promise<Hit[]> {
    checkVector(vector, scope);
    const source = this.#vectors(scope);
    return await source.read<Hit[]>([], (table) => {
      const run: RunQuery = async (where, limit) => {
        const remembered = where === null ? await source.cache.nearest(table, vector, limit) : null;
        if (remembered !== null) return remembered;
        const index = await this.#probingOf(table);
        return await nearestRows({ table, cache: source.cache, index }, vector, { where, limit });
      };
      const rows = { table, cache: source.cache, run };
      return this.#search(() => rankedSearch(rows, options.filter, checkLimit(options)), options);
    });
  }

  async similarities(scope: IndexScope, vector: Float32Array, ids: readonly string[]): Promise<Map<string, number>> {
    checkVector(vector, scope);
    checkIds(ids, 'chunk id');
    if (ids.length === 0) return new Map();
    const source = this.#vectors(scope);
    return await source.read(new Map<string, number>(), (table) =>
      similaritiesOf({ table, cache: source.cache }, vector, ids),
    );
  }

  async vectors(scope: IndexScope, ids: readonly string[]): Promise<Map<string, Float32Array>> {
    checkIds(ids, 'chunk id');
    if (ids.length === 0) return new Map();
    const source = this.#vectors(scope);
    return await source.read(new Map<string, Float32Array>(), (table) =>
      vectorsOf({ table, cache: source.cache }, ids),
    );
  }

  async listIds(
    scope: IndexScope,
    part: 'text' | 'vectors',
    page: { after: string | null; limit: number },
  ): Promise<string[]> {
    const source = part === 'text' ? this.#text(scope) : this.#vectors(scope);
    return await source.read<string[]>([], async (table) => {
      const query = table.query().select(['id']).orderBy({ columnName: 'id', ascending: true }).limit(page.limit);
      const found = await (page.after === null ? query : query.where(`id > ${literal(page.after)}`)).toArrow();
      return Array.from(found.getChild('id') ?? [], String);
    });
  }

  async drop(scope: IndexScope): Promise<void> {
    const vectors = this.#vectors(scope);
    await vectors.drop();
    const remaining = await this.#everyTable(scope);
    // The terms serve every embedder of the collection: they go with the last one.
    if (remaining.length === 1) await this.#text(scope).drop();
  }

  async close(): Promise<void> {
    for (const table of this.#tables.values()) {
      await table.cache.idle();
      await table.close();
    }
    this.#tables.clear();
    this.#connection.close();
  }

  async #put<T extends ChunkAttributes>(
    table: LanceTable,
    entries: readonly T[],
    how: { options: PutOptions; create: NewTable; rows: (batch: readonly T[]) => ArrowTable },
  ): Promise<void> {
    const distinct = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
    await inTurns(distinct, (entry) => checkIds([entry.id, entry.documentId, entry.versionId], 'id'));
    for (let start = 0; start < distinct.length; start += COMMIT) {
      const batch = distinct.slice(start, start + COMMIT);
      const rows = await inBatches(batch, how.rows);
      if (!how.options.mayExist) await table.append(rows, how.create);
      else {
        await table.change((handle) => {
          const merge = handle.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll();
          return merge.execute(rows);
        }, how.create);
        table.cache.replaced(batch.map((entry) => entry.id));
      }
    }
  }

  async #forIds(
    scope: IndexScope,
    named: { readonly column: 'documentId' | 'versionId'; readonly ids: readonly string[] },
    work: (table: Table, where: string) => Promise<unknown>,
  ): Promise<void> {
    const { column, ids } = named;
    checkIds(ids, column);
    for (const table of await this.#everyTable(scope)) {
      for (let start = 0; start < ids.length; start += IDS_PER_STATEMENT) {
        const where = `${column} IN (${ids
          .slice(start, start + IDS_PER_STATEMENT)
          .map(literal)
          .join(', ')})`;
        await table.changeExisting((handle) => work(handle, where));
      }
    }
  }

  async #search(work: () => Promise<Hit[]>, options: SearchOptions): Promise<Hit[]> {
    const { signal } = options;
    if (signal?.aborted) throw new OperationAborted('The search', signal.reason);
    // LanceDB cannot stop a query; whoever waits for it is released, and it ends by itself within its timeout.
    const aborted = Promise.withResolvers<never>();
    const abort = (): void => aborted.reject(new OperationAborted('The search', signal?.reason));
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([aborted.promise, work()]);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  // What the index looks like changes with `optimise` only; asking at every search would cost as much as the search.
  async #probingOf(table: Table): Promise<Probing | null> {
    const known = this.#probing.get(table);
    if (known !== undefined && performance.now() - known.checkedAt < 1_000) return known.probing;
    const current = await probingOf(table, this.#shares);
    this.#probing.set(table, { checkedAt: performance.now(), probing: current });
    return current;
  }

  #text(scope: IndexScope): LanceTable {
    return this.#table(textName(scope), false);
  }

  #vectors(scope: IndexScope): LanceTable {
    return this.#table(`${vectorsPrefix(scope)}${fileSafe(scope.embedderId)}`, true);
  }

  #table(name: string, hasVectors: boolean): LanceTable {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const table = new LanceTable({
      connection: this.#connection,
      store: this.#store,
      name,
      hasVectors,
      memory: this.#memory,
    });
    this.#tables.set(name, table);
    return table;
  }

  /** The text table first, then the vectors of every embedder that ever wrote to the collection. */
  async #everyTable(scope: IndexScope): Promise<LanceTable[]> {
    const prefix = vectorsPrefix(scope);
    const names = await this.#store.names(prefix);
    return [this.#text(scope), ...names.map((name) => this.#table(name, true))];
  }
}

/** Rows of the entries as one table, each batch of them made in a turn of its own. */
async function inBatches<T>(entries: readonly T[], rowsOf: (batch: readonly T[]) => ArrowTable): Promise<ArrowTable> {
  const batches: RecordBatch[] = [];
  for (let start = 0; start < entries.length; start += BATCH) {
    await ownTurn();
    batches.push(...rowsOf(entries.slice(start, start + BATCH)).batches);
  }
  await ownTurn();
  return new arrow.Table(batches);
}

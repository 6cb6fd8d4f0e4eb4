import { OperationAborted, PlumblineError, SerialQueue, type TenantContext } from '../../base/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import { checkIds, checkVector } from '../check-entry.ts';
import type { ChunkIndex, Hit, IndexScope, PutOptions, SearchOptions, TextEntry, VectorEntry } from '../chunk-index.ts';
import { IndexEntryInvalid } from '../index-errors.ts';
import { vectorFrom } from './binary-array.ts';
import { BlockCache } from './block-cache.ts';
import { createText, createVectors, type Relations, relationsOf } from './relations.ts';
import { searchText } from './search-text.ts';
import { readVectorFacts, searchVectors, type VectorFacts, vectorText } from './search-vectors.ts';
import { scrubText, scrubVectors, tidyText, tidyVectors, unindexedVectors, untidyChunks } from './upkeep.ts';
import { takeOutText, vectorsPerBatch, writeText, writeVectors } from './write-rows.ts';

/** How the index is opened. */
export interface PgvectorChunkIndexOptions {
  /** A PostgreSQL server with pgvector 0.8; the caller closes it. */
  readonly database: Database;
  /** Bytes of postings kept in memory over all collections, default 64 MiB. */
  readonly postingsCacheBytes?: number;
}

/** Chunks per segment when many are put at once. */
const TEXTS_PER_BATCH = 1_024;
/** SQLSTATE of a relation, or a schema, that does not exist. */
const MISSING: readonly unknown[] = ['42P01', '3F000'];
/** How long what is known of a table of vectors is believed. */
const FACTS_MS = 1_000;

/** The database has no pgvector and this login may not install it, or it is the embedded database. */
class PgvectorMissing extends PlumblineError {
  constructor(problem: string, cause?: unknown) {
    super({
      code: 'index.pgvector-missing',
      kind: 'fatal',
      message:
        `PLUMB_INDEX=pgvector cannot be used: ${problem}. Allowed: a PostgreSQL server, named in DATABASE_URL, with the ` +
        'extension "vector" 0.8 or later installed ("create extension vector" as its owner), or PLUMB_INDEX=lancedb.',
      cause,
    });
  }
}

/**
 * The chunk index inside PostgreSQL: words as posting segments that are scored here, vectors in an HNSW graph of half-precision
 * vectors. What is searched is committed with what is written: every process sees the same.
 * @throws PlumblineError `index.pgvector-missing`
 */
export async function openPgvectorChunkIndex(options: PgvectorChunkIndexOptions): Promise<ChunkIndex> {
  const { database } = options;
  if (database.kind !== 'postgres') throw new PgvectorMissing('the embedded database has no pgvector');
  const halfvecOid = await prepare(database);
  return new PgvectorChunkIndex(database, halfvecOid, new BlockCache(options.postingsCacheBytes ?? 64 << 20));
}

async function prepare(database: Database): Promise<number> {
  try {
    return await database.withSystem('prepare pgvector', async (tx) => {
      const [installed] = await tx.query(`select from pg_extension where extname = 'vector'`);
      if (installed === undefined) await tx.query('create extension if not exists vector');
      const [type] = await tx.query<{ oid: number }>(`select to_regtype('halfvec')::oid as oid`);
      if (type === undefined || type.oid === null) throw new PgvectorMissing('its extension "vector" has no halfvec');
      return type.oid;
    });
  } catch (error) {
    throw error instanceof PgvectorMissing ? error : new PgvectorMissing('the server has no pgvector', error);
  }
}

class PgvectorChunkIndex implements ChunkIndex {
  readonly #database: Database;
  readonly #halfvecOid: number;
  readonly #cache: BlockCache;
  readonly #made = new Set<string>();
  /** Changes of vectors wait here while a graph is built, not in the database. */
  readonly #turns = new Map<string, SerialQueue>();
  readonly #facts = new Map<string, VectorFacts & { readonly readAt: number }>();

  constructor(database: Database, halfvecOid: number, cache: BlockCache) {
    this.#database = database;
    this.#halfvecOid = halfvecOid;
    this.#cache = cache;
  }

  async putText(scope: IndexScope, entries: readonly TextEntry[], { mayExist }: PutOptions): Promise<void> {
    const relations = relationsOf(scope);
    const distinct = distinctEntries(entries);
    if (distinct.length === 0) return;
    await this.#make(relations.text, createText(scope));
    for (let from = 0; from < distinct.length; from += TEXTS_PER_BATCH) {
      const batch = { relations, entries: distinct.slice(from, from + TEXTS_PER_BATCH), mayExist };
      await this.#database.withTenant(contextOf(scope), (tx) => writeText(tx, batch));
    }
  }

  async putVectors(scope: IndexScope, entries: readonly VectorEntry[], { mayExist }: PutOptions): Promise<void> {
    const relations = relationsOf(scope);
    for (const entry of entries) checkVector(entry.vector, scope);
    const distinct = distinctEntries(entries);
    if (distinct.length === 0) return;
    await this.#make(relations.vectors, createVectors(scope));
    const size = vectorsPerBatch(scope);
    for (let from = 0; from < distinct.length; from += size) {
      const batch = { relations, entries: distinct.slice(from, from + size), mayExist };
      await this.#turn(relations.vectors, () =>
        this.#database.withTenant(contextOf(scope), (tx) => writeVectors(tx, batch, this.#halfvecOid)),
      );
    }
  }

  async closeVersions(scope: IndexScope, versionIds: readonly string[], effectiveTo: number): Promise<void> {
    if (!Number.isSafeInteger(effectiveTo)) throw new IndexEntryInvalid('effectiveTo is not whole milliseconds');
    checkIds(versionIds, 'versionId');
    await this.#everywhere(scope, async (tx, table) => {
      await tx.query(`update ${table} set effective_to = $2 where version_id = any($1::uuid[])`, [
        versionIds,
        effectiveTo,
      ]);
    });
  }

  async removeDocuments(scope: IndexScope, documentIds: readonly string[]): Promise<void> {
    checkIds(documentIds, 'documentId');
    const relations = relationsOf(scope);
    await this.#everywhere(scope, async (tx, table) => {
      if (table === relations.text) await takeOutText(tx, relations, { column: 'document_id', ids: documentIds });
      else await tx.query(`delete from ${table} where document_id = any($1::uuid[])`, [documentIds]);
    });
  }

  async scrub(scope: IndexScope): Promise<void> {
    const relations = relationsOf(scope);
    await this.#turn(relations.text, () => orMissing(() => scrubText(this.#database, scope), undefined));
    const tables = await this.#database.withTenant(contextOf(scope), (tx) => vectorTables(tx, relations));
    for (const table of tables) await this.#turn(table, () => scrubVectors(this.#database, table));
  }

  async optimise(scope: IndexScope): Promise<void> {
    const { text, vectors } = relationsOf(scope);
    await this.#turn(text, () => orMissing(() => tidyText(this.#database, scope), undefined));
    await this.#turn(vectors, () => orMissing(() => tidyVectors(this.#database, scope), undefined));
    this.#facts.delete(vectors);
  }

  async unindexed(scope: IndexScope): Promise<{ text: number; vectors: number }> {
    return {
      text: await orMissing(() => untidyChunks(this.#database, scope), 0),
      vectors: await orMissing(() => unindexedVectors(this.#database, scope), 0),
    };
  }

  async searchText(scope: IndexScope, terms: readonly string[], options: SearchOptions): Promise<Hit[]> {
    if (terms.length === 0) return [];
    const relations = relationsOf(scope);
    return await this.#search(scope, options, (tx) =>
      searchText({ tx, relations, cache: this.#cache }, [...new Set(terms)], options),
    );
  }

  async searchVectors(scope: IndexScope, vector: Float32Array, options: SearchOptions): Promise<Hit[]> {
    checkVector(vector, scope);
    const relations = relationsOf(scope);
    return await this.#search(scope, options, async (tx) => {
      const facts = await this.#factsOf(tx, relations);
      return await searchVectors({ tx, relations, facts }, vector, options);
    });
  }

  async similarities(scope: IndexScope, vector: Float32Array, ids: readonly string[]): Promise<Map<string, number>> {
    checkVector(vector, scope);
    checkIds(ids, 'chunk id');
    if (ids.length === 0) return new Map();
    const { vectors } = relationsOf(scope);
    const rows = await this.#read(scope, (tx) =>
      tx.query<{ id: string; cosine: number }>(
        `select id, 1 - (vector <=> $1::halfvec) as cosine from ${vectors} where id = any($2::uuid[])`,
        [vectorText(vector), ids],
      ),
    );
    return new Map(rows.map(({ id, cosine }) => [id, cosine]));
  }

  async vectors(scope: IndexScope, ids: readonly string[]): Promise<Map<string, Float32Array>> {
    checkIds(ids, 'chunk id');
    if (ids.length === 0) return new Map();
    const { vectors } = relationsOf(scope);
    const rows = await this.#read(scope, (tx) =>
      tx.query<{ id: string; vector: Uint8Array }>(
        `select id, halfvec_send(vector) as vector from ${vectors} where id = any($1::uuid[])`,
        [ids],
      ),
    );
    return new Map(rows.map(({ id, vector }) => [id, vectorFrom(vector)]));
  }

  async listIds(
    scope: IndexScope,
    part: 'text' | 'vectors',
    page: { after: string | null; limit: number },
  ): Promise<string[]> {
    const table = relationsOf(scope)[part];
    const rows = await this.#read(scope, (tx) =>
      tx.query<{ id: string }>(`select id from ${table} where $1::uuid is null or id > $1 order by id limit $2`, [
        page.after,
        page.limit,
      ]),
    );
    return rows.map(({ id }) => id);
  }

  async drop(scope: IndexScope): Promise<void> {
    const relations = relationsOf(scope);
    const { text, vectors, postings, segments, removed, state } = relations;
    await this.#database.withSystem('drop an index', async (tx) => {
      await tx.query(`drop table if exists ${vectors}`).catch(ignoreMissing);
    });
    this.#made.delete(vectors);
    this.#facts.delete(vectors);
    const remaining = await this.#database.withTenant(contextOf(scope), (tx) => vectorTables(tx, relations));
    // The words serve every embedder of the collection: they go with the last one.
    if (remaining.length > 0) return;
    await this.#database.withSystem('drop an index', async (tx) => {
      await tx
        .query(`drop table if exists ${[text, postings, segments, removed, state].join(', ')}`)
        .catch(ignoreMissing);
    });
    this.#made.delete(text);
  }

  async close(): Promise<void> {
    for (const queue of this.#turns.values()) await queue.run(() => Promise.resolve());
  }

  /** The work on the collection's tables of words and of every embedder's vectors that exist. */
  async #everywhere(scope: IndexScope, work: (tx: Transaction, table: string) => Promise<void>): Promise<void> {
    const relations = relationsOf(scope);
    const context = contextOf(scope);
    await orMissing(() => this.#database.withTenant(context, (tx) => work(tx, relations.text)), undefined);
    for (const table of await this.#database.withTenant(context, (tx) => vectorTables(tx, relations))) {
      await this.#turn(table, () => this.#database.withTenant(context, (tx) => work(tx, table)));
    }
  }

  #read<Row>(scope: IndexScope, work: (tx: Transaction) => Promise<Row[]>): Promise<Row[]> {
    return orMissing<Row[]>(() => this.#database.withTenant(contextOf(scope), work), []);
  }

  async #search(
    scope: IndexScope,
    { signal }: SearchOptions,
    work: (tx: Transaction) => Promise<Hit[]>,
  ): Promise<Hit[]> {
    if (signal?.aborted === true) throw new OperationAborted('The search', signal.reason);
    // Whoever waits is released; the statement under way ends by itself within the server's timeout.
    const aborted = Promise.withResolvers<never>();
    const abort = (): void => aborted.reject(new OperationAborted('The search', signal?.reason));
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([aborted.promise, this.#read(scope, work)]);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async #factsOf(tx: Transaction, relations: Relations): Promise<VectorFacts> {
    const known = this.#facts.get(relations.vectors);
    if (known !== undefined && performance.now() - known.readAt < FACTS_MS) return known;
    const facts = await readVectorFacts(tx, relations);
    this.#facts.set(relations.vectors, { ...facts, readAt: performance.now() });
    return facts;
  }

  /** Makes a scope's tables at its first write; several processes may try at the same time. */
  async #make(table: string, statements: readonly string[]): Promise<void> {
    if (this.#made.has(table)) return;
    await this.#database.withSystem('make the tables of an index', async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', ['plumb_index.make']);
      for (const statement of statements) await tx.query(statement);
    });
    this.#made.add(table);
  }

  #turn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#turns.get(name) ?? new SerialQueue();
    this.#turns.set(name, queue);
    return queue.run(work);
  }
}

/** Every embedder's table of vectors of the collection. */
async function vectorTables(tx: Transaction, { schema, vectorsPrefix }: Relations): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = $1 and starts_with(tablename, $2)',
    [schema, vectorsPrefix],
  );
  return rows.map(({ name }) => `${schema}.${name}`);
}

/** `empty` when the scope has no such table: nothing was ever written to it. */
async function orMissing<T>(work: () => Promise<T>, empty: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return empty;
    throw error;
  }
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}

function isMissing(error: unknown): boolean {
  return error instanceof PlumblineError && MISSING.includes(error.details['sqlState']);
}

function distinctEntries<T extends TextEntry | VectorEntry>(entries: readonly T[]): T[] {
  const distinct = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  for (const entry of distinct) checkIds([entry.id, entry.documentId, entry.versionId], 'id');
  return distinct;
}

function contextOf({ tenantId }: IndexScope): TenantContext {
  return { tenantId, principalId: 'index', groups: [], requestId: 'index' };
}

import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, instant, ownRows, tenantId } from './columns.ts';

export { appRole } from './columns.ts';
export { answers, answerRuns, answerEvents, answerFeedback, answerConflicts } from './answer-tables.ts';
export { budgetAccounts, budgetLeases, unitPrices, usageCalls, replyCache } from './meter-tables.ts';
export { indexVersions, queryLog } from './cache-tables.ts';

/** The organisations; `tenant_id` is the organisation's own id, so that the same policy guards it. */
export const organisations = pgTable(
  'organisations',
  {
    tenantId: uuid('tenant_id').primaryKey(),
    name: text('name').notNull(),
    /** What the organisation declares all its material to be; null: nothing. */
    dataClass: text('data_class', { enum: ['public', 'internal', 'private'] }),
    createdAt: instant('created_at').notNull(),
  },
  () => [ownRows()],
);

/** Facts about this installation (`key → value`): instance id, whether the sample was offered. Not tenant-owned. */
export const installation = pgTable('installation', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
});

/** A body of documents that is searched as one. `name` is what people type; unique within the tenant. */
export const collections = pgTable(
  'collections',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    /** Chunking, embedder and fusion of this collection. */
    settings: jsonb('settings').notNull().default({}),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('collections_name').on(table.tenantId, table.name), ownRows()],
);

/** Where documents come from: a file, a folder, a URL; uploads have none. */
export const sources = pgTable(
  'sources',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    collectionId: uuid('collection_id').notNull(),
    kind: text('kind', { enum: ['file', 'folder', 'url'] }).notNull(),
    /** Absolute path or URL. */
    root: text('root').notNull(),
    settings: jsonb('settings').notNull().default({}),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('sources_root').on(table.tenantId, table.collectionId, table.kind, table.root), ownRows()],
);

/** One pass over a source, so that an interrupted one can be resumed and any one be watched. */
export const ingestRuns = pgTable(
  'ingest_runs',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    collectionId: uuid('collection_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    state: text('state', { enum: ['running', 'completed', 'failed', 'cancelled'] }).notNull(),
    /** Counters (`IngestCounts`) and, when it failed, the error. */
    report: jsonb('report').notNull().default({}),
    options: jsonb('options').notNull().default({}),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [index('ingest_runs_state').on(table.tenantId, table.state), ownRows()],
);

/** A document: (collection, external id). What it says is in its versions. */
export const documents = pgTable(
  'documents',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    collectionId: uuid('collection_id').notNull(),
    sourceId: uuid('source_id'),
    /** URI, or path relative to the source's root. */
    externalId: text('external_id').notNull(),
    title: text('title').notNull(),
    mediaType: text('media_type').notNull(),
    acl: text('acl').array().notNull(),
    tags: text('tags').array().notNull(),
    /** Flat `key → string`. */
    metadata: jsonb('metadata').$type<Record<string, string>>().notNull().default({}),
    /** The latest version. */
    versionId: uuid('version_id').notNull(),
    /** What the source said when it was last read (size, mtime, etag), to skip unchanged files without reading them. */
    sourceState: text('source_state'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('documents_external').on(table.tenantId, table.collectionId, table.externalId),
    index('documents_page').on(table.tenantId, table.collectionId, table.id),
    ownRows(),
  ],
);

/** What a document said from one moment to another. Immutable but for the end of its validity. */
export const versions = pgTable(
  'versions',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    documentId: uuid('document_id').notNull(),
    collectionId: uuid('collection_id').notNull(),
    /** 1-based within the document. */
    ordinal: integer('ordinal').notNull(),
    title: text('title').notNull(),
    mediaType: text('media_type').notNull(),
    /** SHA-256 in hex of the original bytes, which are a blob. */
    originalSha256: text('original_sha256').notNull(),
    originalBytes: bigint('original_bytes', { mode: 'number' }).notNull(),
    /** SHA-256 in hex of the canonical text as UTF-8, which is a blob. */
    textSha256: text('text_sha256').notNull(),
    /** Length of the canonical text in UTF-16 code units. */
    textLength: integer('text_length').notNull(),
    parser: text('parser').notNull(),
    chunker: text('chunker').notNull(),
    /** ISO 639-1: whose words and stems its terms are made by. Before it was kept, all were taken for English. */
    language: text('language').notNull().default('en'),
    pageCount: integer('page_count'),
    /** Where each page begins in the canonical text, ascending; empty where the format has no pages. */
    pageStarts: integer('page_starts').array().notNull(),
    warnings: text('warnings').array().notNull(),
    /** When the text is valid, half-open; `effective_to` null: still valid. */
    effectiveFrom: instant('effective_from').notNull(),
    effectiveTo: instant('effective_to'),
    /** When we learnt it. */
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    uniqueIndex('versions_ordinal').on(table.tenantId, table.documentId, table.ordinal),
    index('versions_original').on(table.tenantId, table.originalSha256),
    index('versions_text').on(table.tenantId, table.textSha256),
    // Between which moments the same versions are valid: what was found at one holds at the other.
    index('versions_from').on(table.tenantId, table.collectionId, table.effectiveFrom),
    index('versions_to').on(table.tenantId, table.collectionId, table.effectiveTo).where(sql`effective_to is not null`),
    ownRows(),
  ],
);

/** How far a chunk has come into the chunk index. */
export const INDEX_STATE = { stored: 0, text: 1, vector: 2 } as const;

/** Pieces of a version by offsets; the words are in the canonical text. */
export const chunks = pgTable(
  'chunks',
  {
    tenantId: tenantId(),
    /** UUIDv5 of (version, chunker, ordinal). */
    id: uuid('id').primaryKey(),
    versionId: uuid('version_id').notNull(),
    documentId: uuid('document_id').notNull(),
    collectionId: uuid('collection_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    /** Half-open, UTF-16 code units into the canonical text. */
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    parentStart: integer('parent_start').notNull(),
    parentEnd: integer('parent_end').notNull(),
    page: integer('page'),
    headingPath: text('heading_path').array().notNull(),
    header: text('header').notNull(),
    tokenCount: integer('token_count').notNull(),
    /** SHA-256 of the text that is embedded (header, newline, body). */
    embeddingKey: bytea('embedding_key').notNull(),
    /** {@link INDEX_STATE}; in no index, so that a step rewrites one row and nothing else. Who waits is in `index_queue`. */
    indexState: smallint('index_state').notNull().default(0),
  },
  (table) => [index('chunks_version').on(table.tenantId, table.versionId, table.ordinal), ownRows()],
);

/**
 * Versions some of whose chunks may still wait for a step into the chunk index. Derivable from `chunks.index_state`;
 * kept because looking there for the few that wait among all is slow.
 */
export const indexQueue = pgTable(
  'index_queue',
  {
    tenantId: tenantId(),
    collectionId: uuid('collection_id').notNull(),
    /** What its chunks wait for: 0 words, 1 vectors. */
    waiting: smallint('waiting').notNull(),
    versionId: uuid('version_id').notNull(),
    /** New whenever the version is queued again: taking it out does not remove what is queued at the same moment. */
    ticket: bigserial('ticket', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.collectionId, table.waiting, table.versionId] }), ownRows()],
);

/** Vectors by what was embedded, so that an index can be rebuilt and an unchanged chunk is never embedded twice. */
export const embeddings = pgTable(
  'embeddings',
  {
    tenantId: tenantId(),
    embedderId: text('embedder_id').notNull(),
    embeddingKey: bytea('embedding_key').notNull(),
    /** Float16, little-endian, `dimensions` long. */
    vector: bytea('vector').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.embedderId, table.embeddingKey] }), ownRows()],
);

/** Files that could not become documents, with the reason. */
export const quarantine = pgTable(
  'quarantine',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    collectionId: uuid('collection_id').notNull(),
    sourceId: uuid('source_id'),
    externalId: text('external_id').notNull(),
    /** The bytes, when they could be read and were not over the size cap. */
    originalSha256: text('original_sha256'),
    originalBytes: bigint('original_bytes', { mode: 'number' }).notNull(),
    declaredType: text('declared_type'),
    /** Error code, `noun.problem`. */
    code: text('code').notNull(),
    reason: text('reason').notNull(),
    attempts: integer('attempts').notNull().default(1),
    /** What the source said when it was read, so that an unchanged bad file is not tried again on every pass. */
    sourceState: text('source_state'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [uniqueIndex('quarantine_external').on(table.tenantId, table.collectionId, table.externalId), ownRows()],
);

/** What a person deleted: a later pass over the same source must not bring it back. Holds a hash, not the name. */
export const deletions = pgTable(
  'deletions',
  {
    tenantId: tenantId(),
    collectionId: uuid('collection_id').notNull(),
    /** SHA-256 in hex of the external id. */
    externalIdSha256: text('external_id_sha256').notNull(),
    deletedAt: instant('deleted_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.collectionId, table.externalIdSha256] }), ownRows()],
);

/** What happened, in order, for every subscriber. Holds ids and numbers, never document text. */
export const events = pgTable(
  'events',
  {
    tenantId: tenantId(),
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    /** `noun.verb`, for example `document.stored`. */
    type: text('type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    data: jsonb('data').notNull().default({}),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('events_page').on(table.tenantId, table.seq), ownRows()],
);

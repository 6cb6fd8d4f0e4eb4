import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgRole,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** The role every tenant's transaction runs as; it owns nothing and row-level security binds it. */
export const appRole = pgRole('plumb_app').existing();

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
const tenantId = () => uuid('tenant_id').notNull();

/** Rows of the transaction's tenant only; without a tenant, none. The inner select is evaluated once per statement. */
const ownRows = () =>
  pgPolicy('own_rows', {
    for: 'all',
    to: appRole,
    using: sql`tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)`,
    withCheck: sql`tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)`,
  });

/** The organisations; `tenant_id` is the organisation's own id, so that the same policy guards it. */
export const organisations = pgTable(
  'organisations',
  {
    tenantId: uuid('tenant_id').primaryKey(),
    name: text('name').notNull(),
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

/** Answers as they were given, so that a link opens the same words. */
export const answers = pgTable(
  'answers',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    collectionId: uuid('collection_id').notNull(),
    question: text('question').notNull(),
    /** The answer as the API returns it. */
    body: jsonb('body').notNull(),
    /** Documents it quotes or considered: deleting one deletes the answer. */
    documentIds: uuid('document_ids').array().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('answers_page').on(table.tenantId, table.id), ownRows()],
);

/** What was asked and who answers it at this moment; what it says while it is answered is in `answer_events`. */
export const answerRuns = pgTable(
  'answer_runs',
  {
    tenantId: tenantId(),
    /** The answer's id. */
    id: uuid('id').primaryKey(),
    collectionId: uuid('collection_id').notNull(),
    /** The question with its options, and on whose behalf: enough to answer it again on another node. */
    request: jsonb('request').notNull(),
    state: text('state', { enum: ['running', 'completed', 'failed', 'stopped'] }).notNull(),
    /** The node that answers; it must renew `lease_until`, or another may take over. */
    owner: uuid('owner').notNull(),
    leaseUntil: instant('lease_until').notNull(),
    /** 1 for the first node, one more for each that took over. */
    attempt: integer('attempt').notNull().default(1),
    stopRequested: boolean('stop_requested').notNull().default(false),
    /** Documents its events may show: deleting one deletes them. */
    documentIds: uuid('document_ids').array().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('answer_runs_state').on(table.tenantId, table.state, table.owner), ownRows()],
);

/** An answer as it is streamed, event by event; committed before it is sent. */
export const answerEvents = pgTable(
  'answer_events',
  {
    tenantId: tenantId(),
    answerId: uuid('answer_id').notNull(),
    /** From 1, without gaps. */
    seq: integer('seq').notNull(),
    /** `noun.verb`, for example `text.added`. */
    type: text('type').notNull(),
    data: jsonb('data').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.answerId, table.seq] }), ownRows()],
);

/** What a reader said of an answer; later an evaluation case. */
export const answerFeedback = pgTable(
  'answer_feedback',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    answerId: uuid('answer_id').notNull(),
    principalId: text('principal_id').notNull(),
    rating: text('rating', { enum: ['up', 'down'] }).notNull(),
    /** What it should have said. */
    correctedText: text('corrected_text'),
    /** Position in the answer's citations of one that does not carry its sentence, from 0. */
    wrongCitation: integer('wrong_citation'),
    note: text('note'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('answer_feedback_answer').on(table.tenantId, table.answerId), ownRows()],
);

/** Sources that disagree, as answers came upon them: the owners' review queue. */
export const answerConflicts = pgTable(
  'answer_conflicts',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    collectionId: uuid('collection_id').notNull(),
    /** SHA-256 in hex of the places that disagree: the same pair is one entry, however often it is met. */
    key: text('key').notNull(),
    /** The conflict set as the API returns it. */
    body: jsonb('body').notNull(),
    documentIds: uuid('document_ids').array().notNull(),
    state: text('state', { enum: ['open', 'resolved'] }).notNull(),
    resolution: text('resolution'),
    /** Answers it was met in. */
    times: integer('times').notNull().default(1),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (table) => [uniqueIndex('answer_conflicts_key').on(table.tenantId, table.collectionId, table.key), ownRows()],
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

const amount = (name: string) => bigint(name, { mode: 'bigint' }).notNull().default(sql`0`);

/** What a budget's account has spent in one window: settled calls of all nodes. */
export const budgetAccounts = pgTable(
  'budget_accounts',
  {
    tenantId: tenantId(),
    /** The rule's name. */
    rule: text('rule').notNull(),
    /** Who is counted under the rule: a user, a feature, a run; empty for the tenant as a whole. */
    subject: text('subject').notNull(),
    /** Start of the window, UTC; 1970 for an account that never starts anew. */
    windowStart: instant('window_start').notNull(),
    tokens: amount('tokens'),
    costNanoUsd: amount('cost_nano_usd'),
    calls: amount('calls'),
    wallMs: amount('wall_ms'),
    /** Nobody settles or asks any more after this. */
    keepUntil: instant('keep_until').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.rule, table.subject, table.windowStart] }),
    index('budget_accounts_keep').on(table.tenantId, table.keepUntil),
    ownRows(),
  ],
);

/** What a node has taken from an account and neither settled nor given back. Counts until it expires. */
export const budgetLeases = pgTable(
  'budget_leases',
  {
    tenantId: tenantId(),
    rule: text('rule').notNull(),
    subject: text('subject').notNull(),
    windowStart: instant('window_start').notNull(),
    nodeId: uuid('node_id').notNull(),
    tokens: amount('tokens'),
    costNanoUsd: amount('cost_nano_usd'),
    calls: amount('calls'),
    wallMs: amount('wall_ms'),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.rule, table.subject, table.windowStart, table.nodeId] }),
    ownRows(),
  ],
);

/** What a model cost per million tokens from a moment on. Never changed: a new price is a new row. */
export const unitPrices = pgTable(
  'unit_prices',
  {
    id: uuid('id').primaryKey(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    validFrom: instant('valid_from').notNull(),
    inputNanoUsdPerMillion: amount('input_nano_usd_per_million'),
    outputNanoUsdPerMillion: amount('output_nano_usd_per_million'),
    cachedInputNanoUsdPerMillion: amount('cached_input_nano_usd_per_million'),
  },
  (table) => [index('unit_prices_model').on(table.provider, table.model, table.validFrom)],
);

/** One row for each model tried for a call. Holds no text. */
export const usageCalls = pgTable(
  'usage_calls',
  {
    tenantId: tenantId(),
    id: uuid('id').primaryKey(),
    callId: uuid('call_id').notNull(),
    at: instant('at').notNull(),
    userId: text('user_id').notNull(),
    principalId: text('principal_id').notNull(),
    requestId: text('request_id').notNull(),
    feature: text('feature').notNull(),
    runId: text('run_id'),
    task: text('task').notNull(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    reason: text('reason').notNull(),
    fallback: smallint('fallback').notNull(),
    attempts: smallint('attempts').notNull(),
    latencyMs: integer('latency_ms').notNull(),
    firstTokenMs: integer('first_token_ms'),
    inputTokens: bigint('input_tokens', { mode: 'number' }).notNull(),
    outputTokens: bigint('output_tokens', { mode: 'number' }).notNull(),
    cachedInputTokens: bigint('cached_input_tokens', { mode: 'number' }).notNull(),
    /** The provider's count never arrived; tokens and cost are our own. */
    estimated: boolean('estimated').notNull().default(false),
    costNanoUsd: amount('cost_nano_usd'),
    /** The price the cost was reckoned with. */
    priceId: uuid('price_id').notNull(),
    cache: text('cache', { enum: ['none', 'exact', 'semantic', 'provider'] }).notNull(),
    outcome: text('outcome', { enum: ['answered', 'cached', 'failed', 'aborted', 'lost'] }).notNull(),
    errorCode: text('error_code'),
  },
  (table) => [
    index('usage_calls_at').on(table.tenantId, table.at),
    index('usage_calls_run').on(table.tenantId, table.runId).where(sql`run_id is not null`),
    ownRows(),
  ],
);

/** Replies of models, kept for the same question. May hold documents' words: deleting a document empties it. */
export const replyCache = pgTable(
  'reply_cache',
  {
    tenantId: tenantId(),
    /** SHA-256 of everything the reply depends on, the access list included. */
    key: bytea('key').notNull(),
    reply: jsonb('reply').notNull(),
    /** SHA-256 of the same without the question: paraphrases are looked for here. Null: exact hits only. */
    scope: bytea('scope'),
    question: text('question'),
    /** Of the question, float16, little-endian, unit length. */
    vector: bytea('vector'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.key] }),
    index('reply_cache_scope').on(table.tenantId, table.scope, table.createdAt),
    index('reply_cache_age').on(table.tenantId, table.createdAt),
    ownRows(),
  ],
);

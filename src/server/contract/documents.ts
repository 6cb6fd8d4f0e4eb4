import { z } from '@hono/zod-openapi';

/** A collection with its size. */
export const collectionSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    documents: z.number().int(),
    chunks: z.number().int(),
    exampleQuestions: z.array(z.string()),
  })
  .openapi('Collection');

/** How far a collection's chunks have come into the index. */
export const progressSchema = z
  .object({ chunks: z.number().int(), text: z.number().int(), vectors: z.number().int() })
  .openapi('IndexProgress');

/** How an index differs from the store; all but `stored` zero: equal. */
export const comparisonSchema = z
  .object({
    stored: z.number().int(),
    missing: z.number().int(),
    surplus: z.number().int(),
    duplicated: z.number().int(),
  })
  .openapi('IndexComparison');

/** A document as lists show it. */
export const documentSchema = z
  .object({
    id: z.uuid(),
    collection: z.string(),
    externalId: z.string(),
    title: z.string(),
    mediaType: z.string(),
    tags: z.array(z.string()),
    metadata: z.record(z.string(), z.string()),
    versionId: z.uuid(),
    version: z.number().int(),
    pages: z.number().int().nullable(),
    characters: z.number().int(),
    chunks: z.number().int(),
    indexed: z.enum(['stored', 'text', 'vector']),
    effectiveFrom: z.string(),
    effectiveTo: z.string().nullable(),
    updatedAt: z.string(),
  })
  .openapi('Document');

/** What storing a file did. */
export const storedSchema = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    title: z.string(),
    externalId: z.string(),
    chunks: z.number().int(),
    unchanged: z.boolean(),
  })
  .openapi('StoredDocument');

/** A version's canonical text; all offsets point into it. */
export const canonicalTextSchema = z
  .object({
    documentId: z.uuid(),
    versionId: z.uuid(),
    version: z.number().int(),
    title: z.string(),
    externalId: z.string(),
    mediaType: z.string(),
    pageCount: z.number().int().nullable(),
    warnings: z.array(z.string()),
    effectiveFrom: z.string(),
    effectiveTo: z.string().nullable(),
    text: z.string(),
  })
  .openapi('CanonicalText');

/** A file that could not become a document. */
export const quarantinedSchema = z
  .object({
    id: z.uuid(),
    externalId: z.string(),
    code: z.string(),
    reason: z.string(),
    bytes: z.number().int(),
    attempts: z.number().int(),
    updatedAt: z.string(),
  })
  .openapi('QuarantinedFile');

/** `POST /v1/ingest` */
export const ingestSchema = z
  .strictObject({
    /** Absolute path of a file or folder on the server's machine; needs the token. */
    path: z.string().min(1).max(4096).optional(),
    url: z.url().max(2048).optional(),
    collection: z.string().optional(),
    include: z.array(z.string().min(1).max(500)).max(50).default([]),
    exclude: z.array(z.string().min(1).max(500)).max(50).default([]),
    force: z.boolean().default(false),
    confirmDeletions: z.boolean().default(false),
  })
  .openapi('IngestRequest');

/** A pass over a source. */
export const runSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(['running', 'completed', 'failed', 'cancelled']),
    collection: z.string(),
    root: z.string(),
    total: z.number().int().nullable(),
    counts: z.object({
      listed: z.number().int(),
      added: z.number().int(),
      changed: z.number().int(),
      unchanged: z.number().int(),
      quarantined: z.number().int(),
      skipped: z.number().int(),
      closed: z.number().int(),
      bytes: z.number().int(),
      chunks: z.number().int(),
    }),
    index: progressSchema,
    remarks: z.array(z.object({ externalId: z.string(), code: z.string(), reason: z.string() })),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .openapi('IngestRun');

import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant, ownRows, tenantId } from './columns.ts';

/** Which state a collection's chunk index is in: what was kept of an earlier state is never used. Derivable, holds no text. */
export const indexVersions = pgTable(
  'index_versions',
  {
    tenantId: tenantId(),
    collectionId: uuid('collection_id').notNull(),
    /** Raised at the beginning and at the end of every write that a search can see. */
    version: bigint('version', { mode: 'number' }).notNull(),
    /** A write is in hand until it ends or this moment passes; null: none is. */
    writingUntil: instant('writing_until'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.collectionId] }), ownRows()],
);

/** What was searched for, when the installation keeps it: caches are warmed from it. */
export const queryLog = pgTable(
  'query_log',
  {
    tenantId: tenantId(),
    /** SHA-256 of everything below that the results depend on. */
    key: bytea('key').notNull(),
    collectionId: uuid('collection_id').notNull(),
    /** Question, filter, settings, number of results. */
    query: jsonb('query').notNull(),
    /** Access list it was searched with, sorted. */
    groups: text('groups').array().notNull(),
    /** Documents it ranked: deleting one of them deletes the row. */
    documentIds: uuid('document_ids').array().notNull(),
    times: integer('times').notNull().default(1),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.key] }),
    index('query_log_age').on(table.tenantId, table.lastAt),
    ownRows(),
  ],
);

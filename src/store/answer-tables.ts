import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, ownRows, tenantId } from './columns.ts';

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

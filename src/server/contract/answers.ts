import { z } from '@hono/zod-openapi';
import { REWRITE_KINDS } from '../../prompts/index.ts';
import { FUSIONS } from '../../retrieval/index.ts';

const standing = z.object({ rank: z.number().int(), score: z.number() }).nullable();

/** Words of a source, with their place. */
export const citationSchema = z
  .object({
    documentId: z.uuid(),
    versionId: z.uuid(),
    version: z.number().int(),
    title: z.string(),
    externalId: z.string(),
    page: z.number().int().nullable(),
    headingPath: z.array(z.string()),
    start: z.number().int(),
    end: z.number().int(),
    quote: z.string(),
    effectiveFrom: z.string(),
    effectiveTo: z.string().nullable(),
  })
  .openapi('Citation');

const fieldValue = z.union([z.string().max(500), z.number()]);

/** What a field of the metadata must be. */
const fieldConditionSchema = z
  .union(
    [
      fieldValue,
      z.array(fieldValue).min(1).max(100),
      z.strictObject({
        eq: fieldValue.optional(),
        in: z.array(fieldValue).min(1).max(100).optional(),
        prefix: z.string().min(1).max(500).optional(),
        gt: fieldValue.optional(),
        gte: fieldValue.optional(),
        lt: fieldValue.optional(),
        lte: fieldValue.optional(),
      }),
    ],
    {
      error: 'is no condition. Allowed: a value, a list of values, or an object with eq, in, prefix, gt, gte, lt, lte.',
    },
  )
  .openapi('FieldCondition', { example: { gte: '2024-01-01', lt: '2025-01-01' } });

/** `PUT /v1/collections/{name}/fields` */
export const fieldsSchema = z
  .record(z.string(), z.enum(['text', 'number', 'date']))
  .openapi('Fields', { example: { amount: 'number', signedOn: 'date', department: 'text' } });

/** A condition on documents; everything given must hold. */
export const filterSchema = z
  .strictObject({
    documentIds: z.array(z.uuid()).min(1).max(100).optional(),
    mediaTypes: z.array(z.string().min(1).max(200)).min(1).max(50).optional(),
    tags: z.array(z.string().min(1).max(200)).min(1).max(50).optional(),
    pathPrefix: z.string().min(1).max(500).optional(),
    metadata: z.record(z.string().min(1).max(100), fieldConditionSchema).optional(),
  })
  .openapi('Filter');

/** An instant with its offset, or a bare date, which is 00:00Z. */
export const instantSchema = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'is no date. Allowed: a day like 2024-06-01, or an instant like 2024-06-01T12:00:00Z.',
  })
  .openapi({ example: '2024-06-01' });

/** `PUT /v1/collections/{name}/policy`, and of one question */
export const policySchema = z
  .strictObject({
    repair: z.boolean().optional(),
    unsupported: z.enum(['drop', 'mark', 'withhold']).optional(),
  })
  .openapi('AnswerPolicy', {
    description: 'What is done with sentences that the sources do not carry',
    example: { unsupported: 'withhold' },
  });

const momentSchema = z
  .union([instantSchema, z.strictObject({ version: z.number().int().min(1) })], {
    error: 'is no moment. Allowed: a day, an instant, or {"version": 2}.',
  })
  .openapi('Moment', { example: '2024-06-01' });

/** `POST /v1/answers` */
export const questionSchema = z
  .strictObject({
    question: z.string().min(1).max(4000).openapi({ example: 'How many days of annual leave do I get?' }),
    collection: z.string().optional(),
    asOf: instantSchema.optional(),
    filter: filterSchema.optional(),
    earlier: z
      .array(z.string().max(4000))
      .max(50)
      .optional()
      .openapi({ description: 'What the asker asked before, oldest first: a follow-up is read in its light' }),
    between: z
      .strictObject({ from: momentSchema, to: momentSchema })
      .refine(({ from, to }) => (typeof from === 'string') === (typeof to === 'string'), {
        error: 'mixes a date and a version. Allowed: two of the one kind.',
      })
      .optional()
      .openapi({ description: 'What changed between two moments, or two versions' }),
    generation: z
      .strictObject({
        prompt: z.string().max(100).optional().openapi({ example: 'answer@1' }),
        model: z.string().max(200).optional().openapi({ description: 'Only this model of models.json' }),
        format: z.enum(['text', 'list', 'table', 'json']).optional(),
        schema: z
          .record(z.string(), z.unknown())
          .optional()
          .openapi({ description: 'With the format json: a JSON schema of what the answer is to be' }),
        policy: policySchema.optional(),
      })
      .optional()
      .openapi({ description: 'How a model answers, where one is declared' }),
    stream: z.boolean().optional().openapi({ description: 'Answer as server-sent events, as it is made' }),
  })
  .openapi('Question');

const verdict = {
  verdict: z.enum(['quoted', 'supported', 'partly', 'contradicted', 'unverified', 'not-a-claim']),
  score: z.number(),
  reason: z.string().nullable(),
};

/** Sources that disagree. */
export const conflictSchema = z
  .object({
    key: z.string(),
    sides: z.array(
      z.object({
        citation: z.number().int(),
        says: z.string(),
        effectiveFrom: z.string(),
        recordedAt: z.string(),
        authority: z.number(),
        provenance: z.enum(['folder', 'file', 'url', 'upload']),
      }),
    ),
    reason: z.string(),
  })
  .openapi('Conflict');

/** An answer as it was given. */
export const answerSchema = z
  .object({
    id: z.uuid(),
    question: z.string(),
    readAs: z.string().optional().openapi({ description: 'Of a follow-up: as it was read after those before it' }),
    kind: z.enum(['extractive', 'generated', 'abstained', 'clarification']),
    text: z.string(),
    object: z
      .object({
        value: z.unknown(),
        leaves: z.array(
          z.object({ pointer: z.string(), sentence: z.number().int(), start: z.number().int(), end: z.number().int() }),
        ),
      })
      .optional()
      .openapi({
        description: 'With the format json: the value, and the sentence that carries each text, number and yes or no',
      }),
    sentences: z.array(z.object({ text: z.string(), citations: z.array(z.number().int()), ...verdict })),
    citations: z.array(citationSchema),
    confidence: z.number(),
    conflicts: z.array(conflictSchema),
    reason: z.string().nullable(),
    missing: z
      .object({ lookedFor: z.array(z.string()), notFound: z.array(z.string()), wouldAnswer: z.string() })
      .nullable(),
    nearest: z.array(citationSchema),
    clarification: z
      .object({
        question: z.string(),
        options: z.array(z.object({ label: z.string(), question: z.string() })),
      })
      .optional()
      .openapi({
        description:
          'Where the question can mean several things: what is asked back, and the question behind each option',
      }),
    changes: z
      .object({
        from: z.string(),
        to: z.string(),
        items: z.array(z.object({ before: z.number().int().nullable(), after: z.number().int().nullable() })),
        more: z.number().int(),
      })
      .optional()
      .openapi({ description: 'Of a question what changed: per sentence its citations before and after' }),
    timings: z.record(z.string(), z.number()),
    candidates: z.array(
      z.object({
        chunkId: z.uuid(),
        documentId: z.uuid(),
        title: z.string(),
        text: standing,
        vector: standing,
        fused: z.object({ rank: z.number().int(), score: z.number() }),
        used: z.boolean(),
      }),
    ),
    record: z.object({
      prompt: z.string().nullable(),
      model: z.string().nullable(),
      inputTokens: z.number().int(),
      outputTokens: z.number().int(),
      costUsd: z.number(),
      replayOf: z.string().nullable(),
      reading: z.array(z.string()).openapi({ description: 'What was done to the passages before a model read them' }),
      asked: z.record(z.string(), z.unknown()).optional().openapi({
        description:
          'What was asked beside question and moment: filter, between, generation, and whether the reader of answers was left out (`unread`)',
      }),
      unheard: z
        .object({ code: z.string(), message: z.string() })
        .optional()
        .openapi({ description: 'Why a model that was asked has no word in the answer, for example a used-up budget' }),
    }),
    collection: z.string(),
    asOf: z.string(),
    createdAt: z.string(),
  })
  .openapi('Answer');

/** How to search; what is left out comes from the collection, then from the preset. The search checks the ranges. */
export const retrievalSchema = z
  .strictObject({
    preset: z.enum(['fast', 'balanced', 'best']).optional(),
    fusion: z.enum(FUSIONS).optional(),
    vectorWeight: z.number().optional().openapi({ description: '0 to 10; what meaning weighs against words' }),
    candidates: z.number().optional().openapi({ description: '10 to 1000; how deep each ranking is read' }),
    documentWords: z
      .number()
      .optional()
      .openapi({ description: '0 to 1; what the words of the whole document weigh against the chunk’s own' }),
    expansion: z
      .number()
      .optional()
      .openapi({ description: '0 to 0.9; what terms suggested by the best documents weigh' }),
    smoothing: z.number().optional().openapi({ description: '0 to 0.9; what a result’s neighbours weigh' }),
    neighbours: z.number().optional().openapi({ description: '1 to 50; how many neighbours count' }),
    rerank: z.number().optional().openapi({ description: '0 to 100; how many passages the reranker reads' }),
    context: z.number().optional().openapi({ description: '0 to 5; neighbours a model reads with a passage' }),
    duplicates: z.number().optional().openapi({ description: '0 to 1; how alike a passage a model need not read is' }),
    passageTokens: z.number().optional().openapi({ description: '200 to 100000; what a model reads at most' }),
    rewriting: z
      .array(z.enum(REWRITE_KINDS))
      .optional()
      .openapi({ description: 'How a declared model rewrites the question, in one call; []: it is not asked' }),
    diversity: z.number().optional().openapi({ description: '0 to 1; what being unlike results above weighs' }),
  })
  .openapi('RetrievalSettings');

const planSchema = z.object({
  preset: z.enum(['fast', 'balanced', 'best']),
  candidates: z.number().int(),
  fusion: z.object({ by: z.enum(FUSIONS), weight: z.number().optional() }),
  rerank: z.number().int(),
  rewriting: z.array(z.enum(REWRITE_KINDS)),
  reading: z.object({ context: z.number(), duplicates: z.number(), passageTokens: z.number() }),
  documents: z.object({ weight: z.number(), expansion: z.number() }).nullable(),
  smoothing: z.object({ weight: z.number(), neighbours: z.number().int() }).nullable(),
  diversity: z.number().nullable(),
});

const explanationSchema = z
  .object({
    plan: planSchema,
    terms: z.array(z.string()),
    stages: z.array(
      z.object({
        stage: z.enum([
          'rewriting',
          'question',
          'words',
          'meaning',
          'fusion',
          'documents',
          'rewording',
          'rewordings',
          'smoothing',
          'diversity',
          'rerank',
          'phrases',
        ]),
        what: z.string(),
        ms: z.number(),
        ranked: z.number().int(),
        standings: z.array(standing).openapi({ description: 'Of the items, in their order' }),
      }),
    ),
  })
  .openapi('SearchExplanation');

/** `POST /v1/search` */
export const searchSchema = z
  .strictObject({
    query: z.string().min(1).max(4000).openapi({ example: 'parental leave' }),
    collection: z.string().optional(),
    asOf: instantSchema.optional(),
    filter: filterSchema.optional(),
    limit: z.number().int().min(1).max(100).default(10),
    cursor: z.string().max(500).optional(),
    fusion: z.enum(FUSIONS).optional(),
    retrieval: retrievalSchema.optional(),
    cache: z.boolean().optional().openapi({ description: 'false: search anew; default true' }),
  })
  .openapi('SearchQuery');

/** One page of passages. */
export const searchPageSchema = z
  .object({
    items: z.array(
      citationSchema.extend({
        chunkId: z.uuid(),
        mediaType: z.string(),
        score: z.number(),
        text: standing,
        vector: standing,
      }),
    ),
    nextCursor: z.string().nullable(),
    explain: explanationSchema.nullable().openapi({ description: 'With `?explain=1`' }),
    timings: z.record(z.string(), z.number()),
  })
  .openapi('SearchPage');

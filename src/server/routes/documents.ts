import { createRoute, z } from '@hono/zod-openapi';
import { instantSchema } from '../contract/answers.ts';
import type { GivenFacts } from '../../ingest/index.ts';
import { canonicalTextSchema, documentSchema, storedSchema } from '../contract/documents.ts';
import { problems, uploadProblems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices } from '../server-env.ts';
import { collectionToWrite } from './collection-of.ts';
import { RequestInvalid } from '../request-refused.ts';
import { readUpload } from './read-upload.ts';
import { documentOnWire, instant, instantOrNull, millisecondsOf } from './wire.ts';

/** How long a deletion waits for the words to be off the disk before it answers 202 instead of 204. */
const ERASURE_WAIT_MS = 5000;

const byId = z.object({ id: z.string() });

const listRoute = createRoute({
  method: 'get',
  path: '/documents',
  summary: 'Documents, newest first, page by page',
  request: {
    query: z.object({
      collection: z.string().optional(),
      cursor: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: {
      description: 'One page',
      content: {
        'application/json': { schema: z.object({ items: z.array(documentSchema), nextCursor: z.string().nullable() }) },
      },
    },
    ...problems,
  },
});

// Plain schemas, not Zod: bodies are read by readUpload, which caps them; the framework must not read them before.
const binary = { type: 'string' as const, format: 'binary' };
const formBody = { type: 'object' as const, required: ['file'], properties: { file: binary } };

const uploadQuery = z.object({
  collection: z.string().optional(),
  name: z.string().optional(),
  title: z.string().max(500).optional(),
  tags: z.string().max(2000).optional().openapi({ description: 'Comma-separated' }),
  metadata: z
    .string()
    .max(20_000)
    .optional()
    .openapi({ description: 'A JSON object of names and texts or numbers', example: '{"amount":1200}' }),
  effectiveFrom: instantSchema.optional(),
  effectiveTo: instantSchema.optional(),
});

const metadataSchema = z.record(z.string().min(1).max(100), z.union([z.string().max(500), z.number()]));

const uploadRoute = createRoute({
  method: 'post',
  path: '/documents',
  summary: 'Add a file, or a new version of one with the same name',
  description:
    'Send the file as the body with its own content type (or application/octet-stream) and `name` in the query, or as ' +
    'the field `file` of multipart/form-data.',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': { schema: formBody },
        'application/octet-stream': { schema: binary },
      },
    },
    query: uploadQuery,
  },
  responses: {
    200: {
      description: 'It was known already and did not change',
      content: { 'application/json': { schema: storedSchema } },
    },
    201: {
      description: 'It is stored and will be found by its words within a second',
      content: { 'application/json': { schema: storedSchema } },
    },
    ...uploadProblems,
  },
});

const oneRoute = createRoute({
  method: 'get',
  path: '/documents/{id}',
  summary: 'One document',
  request: { params: byId },
  responses: {
    200: { description: 'The document', content: { 'application/json': { schema: documentSchema } } },
    ...problems,
  },
});

const textRoute = createRoute({
  method: 'get',
  path: '/documents/{id}/text',
  summary: 'A version’s canonical text, into which all offsets point',
  request: { params: byId, query: z.object({ version: z.coerce.number().int().min(1).optional() }) },
  responses: {
    200: { description: 'The text', content: { 'application/json': { schema: canonicalTextSchema } } },
    ...problems,
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/documents/{id}',
  summary: 'Delete a document for good, with every version, vector and answer that shows it',
  request: { params: byId },
  responses: {
    202: { description: 'Nothing finds it any more; its words are being wiped from the disk' },
    204: { description: 'Deleted and wiped' },
    ...problems,
  },
});

/** Documents: add, list, read, delete. */
export function documentRoutes(services: RouteServices) {
  const { ingest } = services.platform;
  return newApp()
    .openapi(listRoute, async (c) => {
      const { collection, cursor, limit } = c.req.valid('query');
      const context = services.contextOf(c.get('requestId'));
      const collectionId = collection === undefined ? null : (await ingest.collection(context, collection)).id;
      const items = await ingest.documents(context, { collectionId, before: cursor ?? null, limit });
      const nextCursor = items.length === limit ? (items.at(-1)?.id ?? null) : null;
      return c.json({ items: items.map(documentOnWire), nextCursor }, 200);
    })
    .openapi(uploadRoute, async (c) => {
      const query = c.req.valid('query');
      const context = services.contextOf(c.get('requestId'));
      const file = await readUpload(c.req.raw, {
        name: query.name,
        maxBytes: services.platform.config.parsing.maxFileBytes,
      });
      const collection = await collectionToWrite(services.platform, context, query.collection);
      const stored = await ingest.upload(
        context,
        { collection, signal: c.req.raw.signal },
        {
          ...file,
          given: givenFacts(query),
        },
      );
      const unchanged = stored.outcome === 'unchanged';
      const { documentId: id, version, title, externalId, chunks } = stored;
      return c.json({ id, version, title, externalId, chunks, unchanged }, unchanged ? 200 : 201);
    })
    .openapi(oneRoute, async (c) => {
      const document = await ingest.document(services.contextOf(c.get('requestId')), c.req.valid('param').id);
      return c.json(documentOnWire(document), 200);
    })
    .openapi(textRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const version = c.req.valid('query').version ?? null;
      const text = await ingest.text(context, { documentId: c.req.valid('param').id, version });
      return c.json(
        {
          ...text,
          warnings: [...text.warnings],
          effectiveFrom: instant(text.effectiveFrom),
          effectiveTo: instantOrNull(text.effectiveTo),
        },
        200,
      );
    })
    .openapi(deleteRoute, async (c) => {
      const { erased } = await ingest.deleteDocument(services.contextOf(c.get('requestId')), c.req.valid('param').id);
      return c.body(null, (await settledWithin(erased, ERASURE_WAIT_MS)) ? 204 : 202);
    });
}

/** What the caller says of the document; it wins over what the file says of itself. */
function givenFacts(query: z.infer<typeof uploadQuery>): GivenFacts {
  const from = millisecondsOf(query.effectiveFrom);
  const to = millisecondsOf(query.effectiveTo);
  const tags = query.tags?.split(',').map((tag) => tag.trim());
  return {
    ...(query.title === undefined ? {} : { title: query.title }),
    ...(query.metadata === undefined ? {} : { metadata: metadataOf(query.metadata) }),
    ...(tags === undefined ? {} : { tags: tags.filter((tag) => tag !== '') }),
    ...(from === null ? {} : { effectiveFrom: from }),
    ...(to === null ? {} : { effectiveTo: to }),
  };
}

/** Whether a promise settles well in time; a failure counts as not yet: the job tries again. */
async function settledWithin(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([
      work.then(
        () => true,
        () => false,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws RequestInvalid */
function metadataOf(json: string): Record<string, string> {
  const given = metadataSchema.safeParse(parsedOrNull(json));
  if (given.success) return Object.fromEntries(Object.entries(given.data).map(([key, value]) => [key, String(value)]));
  const problem = 'is no JSON object of names and texts or numbers. Allowed: for example {"amount":1200}.';
  throw new RequestInvalid([{ where: 'metadata', problem }]);
}

function parsedOrNull(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

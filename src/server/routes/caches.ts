import { createRoute, z } from '@hono/zod-openapi';
import { bodyProblems, problems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices } from '../server-env.ts';

const count = z.number().int();
const counts = z
  .object({ hits: count, misses: count, evictions: count, entries: count, bytes: count })
  .openapi('CacheCounts');

/** `GET /v1/caches` */
export const cachesSchema = z
  .object({
    searches: counts.openapi({ description: 'Results of searches' }),
    questions: counts.openapi({ description: 'Vectors of questions' }),
    replies: z
      .object({ exactHits: count, semanticHits: count, misses: count, kept: count, evicted: count, failures: count })
      .nullable()
      .openapi({ description: 'Replies of models; null: they are not kept' }),
  })
  .openapi('Caches');

const cachesRoute = createRoute({
  method: 'get',
  path: '/caches',
  summary: 'What the caches of this process did since it started',
  responses: {
    200: { description: 'Hits, misses, evictions', content: { 'application/json': { schema: cachesSchema } } },
    ...problems,
  },
});

/** `POST /v1/collections/{name}/warm` */
export const warmedSchema = z
  .object({
    logged: count.openapi({ description: 'Searches of the collection in the log' }),
    warmed: count.openapi({ description: 'Made now' }),
    kept: count.openapi({ description: 'Kept already' }),
    skipped: count.openapi({ description: 'Not made: they would ask a model that costs, or are refused by now' }),
    next: count.nullable().openapi({ description: '`from` of the next call; null: all were gone through' }),
    isCounting: z
      .boolean()
      .openapi({ description: 'True: not begun, words are still counted or the index was just written' }),
  })
  .openapi('Warmed');

const warmRoute = createRoute({
  method: 'post',
  path: '/collections/{name}/warm',
  summary: 'Make logged searches again, the most made first, so that their results are kept',
  request: {
    params: z.object({ name: z.string() }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            from: z.number().int().min(0).max(1_000_000).default(0),
            count: z.number().int().min(1).max(1_000).default(50),
          }),
        },
      },
    },
  },
  responses: {
    200: { description: 'What was done', content: { 'application/json': { schema: warmedSchema } } },
    ...bodyProblems,
  },
});

/** What caches did, and what is put into them in advance. */
export function cacheRoutes(services: RouteServices) {
  const { platform } = services;
  return newApp()
    .openapi(cachesRoute, (c) => c.json(platform.caches() satisfies z.infer<typeof cachesSchema>, 200))
    .openapi(warmRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const collection = await platform.ingest.collection(context, c.req.valid('param').name);
      const warmed = await platform.warm(context, { collection, ...c.req.valid('json'), signal: c.req.raw.signal });
      return c.json(warmed satisfies z.infer<typeof warmedSchema>, 200);
    });
}

import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../contract/problem.ts';
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

/** What caches did. */
export function cacheRoutes({ platform }: RouteServices) {
  return newApp().openapi(cachesRoute, (c) => c.json(platform.caches() satisfies z.infer<typeof cachesSchema>, 200));
}

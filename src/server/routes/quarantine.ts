import { createRoute, z } from '@hono/zod-openapi';
import { quarantinedSchema, storedSchema } from '../contract/documents.ts';
import { problems, uploadProblems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices } from '../server-env.ts';
import { quarantinedOnWire } from './wire.ts';

const byId = z.object({ id: z.uuid() });

const listRoute = createRoute({
  method: 'get',
  path: '/quarantine',
  summary: 'Files that could not become documents, with the reason',
  request: {
    query: z.object({ cursor: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  },
  responses: {
    200: {
      description: 'One page',
      content: {
        'application/json': {
          schema: z.object({ items: z.array(quarantinedSchema), nextCursor: z.string().nullable() }),
        },
      },
    },
    ...problems,
  },
});

const retryRoute = createRoute({
  method: 'post',
  path: '/quarantine/{id}/retry',
  summary: 'Try a file again',
  request: { params: byId },
  responses: {
    200: { description: 'It became a document', content: { 'application/json': { schema: storedSchema } } },
    ...uploadProblems,
  },
});

const discardRoute = createRoute({
  method: 'delete',
  path: '/quarantine/{id}',
  summary: 'Forget a file and its bytes',
  request: { params: byId },
  responses: { 204: { description: 'Forgotten' }, ...problems },
});

/** Quarantine: list, retry, discard. */
export function quarantineRoutes(services: RouteServices) {
  const { ingest } = services.platform;
  return newApp()
    .openapi(listRoute, async (c) => {
      const { cursor, limit } = c.req.valid('query');
      const items = await ingest.quarantine(services.contextOf(c.get('requestId')), { after: cursor ?? null, limit });
      const nextCursor = items.length === limit ? (items.at(-1)?.id ?? null) : null;
      return c.json({ items: items.map(quarantinedOnWire), nextCursor }, 200);
    })
    .openapi(retryRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const stored = await ingest.retryQuarantined(context, c.req.valid('param').id, c.req.raw.signal);
      const { documentId: id, version, title, externalId, chunks } = stored;
      return c.json({ id, version, title, externalId, chunks, unchanged: stored.outcome === 'unchanged' }, 200);
    })
    .openapi(discardRoute, async (c) => {
      await ingest.discardQuarantined(services.contextOf(c.get('requestId')), c.req.valid('param').id);
      return c.body(null, 204);
    });
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { problems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices, ServerEnv } from '../server-env.ts';

const description = createRoute({
  method: 'get',
  path: '/documents/{id}/original',
  summary: 'The bytes as they came, as a download',
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: {
      description: 'The file, always as an attachment',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problems,
  },
});

/**
 * `GET /v1/documents/{id}/original`: the bytes as they came, only ever as an attachment in a sandbox: a document is
 * hostile until proven otherwise.
 */
export function originalRoutes(services: RouteServices): Hono<ServerEnv> {
  const app = newApp();
  app.openAPIRegistry.registerPath(description);
  app.get('/documents/:id/original', async (c) => {
    const context = services.contextOf(c.get('requestId'));
    const { bytes, fileName } = await services.platform.ingest.original(context, c.req.param('id'));
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
    });
  });
  return app;
}

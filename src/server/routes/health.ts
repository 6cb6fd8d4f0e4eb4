import { createRoute, z } from '@hono/zod-openapi';
import { newApp } from '../new-app.ts';

/** What the probes say. */
export interface Health {
  /** Null: ready. Otherwise why not yet, or not any more. */
  notReady(): string | null;
}

const stateSchema = z.object({ status: z.enum(['ok', 'ready', 'not ready']), reason: z.string().optional() });
const content = { 'application/json': { schema: stateSchema } };

const livenessRoute = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Whether the process lives',
  responses: { 200: { description: 'It lives', content } },
});

const readinessRoute = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether it can answer',
  responses: { 200: { description: 'It can', content }, 503: { description: 'Not yet, or not any more', content } },
});

/** `/healthz` and `/readyz`. */
export function healthRoutes(health: Health) {
  return newApp()
    .openapi(livenessRoute, (c) => c.json({ status: 'ok' as const }, 200))
    .openapi(readinessRoute, (c) => {
      const reason = health.notReady();
      return reason === null
        ? c.json({ status: 'ready' as const }, 200)
        : c.json({ status: 'not ready' as const, reason }, 503);
    });
}

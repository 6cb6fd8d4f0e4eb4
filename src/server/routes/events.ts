import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import type { Hono } from 'hono';
import type { TenantContext } from '../../base/index.ts';
import { problems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices, ServerEnv } from '../server-env.ts';

/** A comment line this often keeps proxies and browsers from giving up. */
const KEEP_ALIVE_MS = 15_000;

const description = createRoute({
  method: 'get',
  path: '/events',
  summary: 'What happens, as server-sent events',
  description:
    'Event types: `document.stored`, `document.quarantined`, `document.deleted`, `ingest.progressed`, ' +
    '`ingest.completed`. The id of an event resumes after it.',
  request: {
    query: z.object({ after: z.string().optional().openapi({ description: 'Begin after this event' }) }),
    headers: z.object({ 'last-event-id': z.string().optional() }),
  },
  responses: {
    200: { description: 'An endless stream', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems,
  },
});

/**
 * `GET /v1/events`: what happens, as server-sent events; resumes after `Last-Event-ID` (or `?after=`), else begins now.
 */
export function eventRoutes(services: RouteServices): Hono<ServerEnv> {
  const app = newApp();
  app.openAPIRegistry.registerPath(description);
  app.get('/events', async (c) => {
    const context = services.contextOf(c.get('requestId'));
    const given = sequenceNumber(c.req.header('last-event-id') ?? c.req.query('after'));
    const after = given ?? (await latestSeq(services, context)); // "now" is when the caller hears that the stream began
    return streamSSE(c, async (stream) => {
      const stop = new AbortController();
      stream.onAbort(() => stop.abort());
      const ended = AbortSignal.any([stop.signal, services.stopping]);
      const alive = setInterval(() => void stream.write(': alive\n\n').catch(() => stop.abort()), KEEP_ALIVE_MS);
      try {
        for await (const event of services.platform.events.follow(context, after, ended)) {
          const { type, subjectId, createdAt } = event;
          const data = JSON.stringify({ type, subjectId, createdAt: new Date(createdAt).toISOString(), ...event.data });
          await stream.writeSSE({ id: String(event.seq), event: type, data });
        }
      } finally {
        clearInterval(alive);
      }
    });
  });
  return app;
}

/** An event's number as a caller gave it; null: none, or none of ours. */
function sequenceNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Where the tenant's events end at this moment. */
async function latestSeq(services: RouteServices, context: TenantContext): Promise<number> {
  const [row] = await services.platform.database.withTenant(context, (tx) =>
    tx.query<{ seq: number }>('select coalesce(max(seq), 0)::int as seq from events'),
  );
  return row?.seq ?? 0;
}

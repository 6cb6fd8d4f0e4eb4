import { streamSSE } from 'hono/streaming';
import type { Hono } from 'hono';
import type { TenantContext } from '../../base/index.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices, ServerEnv } from '../server-env.ts';

/** A comment line this often keeps proxies and browsers from giving up. */
const KEEP_ALIVE_MS = 15_000;

/**
 * `GET /v1/events`: what happens, as server-sent events; resumes after `Last-Event-ID` (or `?after=`), else begins now.
 */
export function eventRoutes(services: RouteServices): Hono<ServerEnv> {
  const app = newApp();
  app.get('/events', (c) => {
    const context = services.contextOf(c.get('requestId'));
    const given = Number(c.req.header('last-event-id') ?? c.req.query('after') ?? Number.NaN);
    return streamSSE(c, async (stream) => {
      const stop = new AbortController();
      stream.onAbort(() => stop.abort());
      const alive = setInterval(() => void stream.write(': alive\n\n').catch(() => stop.abort()), KEEP_ALIVE_MS);
      try {
        const after = Number.isSafeInteger(given) ? given : await latestSeq(services, context);
        for await (const event of services.platform.events.follow(context, after, stop.signal)) {
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

/** Where the tenant's events end at this moment. */
async function latestSeq(services: RouteServices, context: TenantContext): Promise<number> {
  const [row] = await services.platform.database.withTenant(context, (tx) =>
    tx.query<{ seq: number }>('select coalesce(max(seq), 0)::int as seq from events'),
  );
  return row?.seq ?? 0;
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { TenantContext } from '../../base/index.ts';
import type { NumberedEvent } from '../../answers/index.ts';
import { bodyProblems, problems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices, ServerEnv } from '../server-env.ts';

/** A comment line this often keeps proxies and browsers from giving up. */
export const KEEP_ALIVE_MS = 15_000;

const params = z.object({ id: z.string() });

const eventsRoute = createRoute({
  method: 'get',
  path: '/answers/{id}/events',
  summary: 'An answer as it is made, as server-sent events',
  description:
    'Event types: `stage.completed`, `text.added`, `citation.added`, `claim.verified`, `conflict.found`, ' +
    '`answer.restarted` (what came before no longer counts), and as the last `answer.completed` or `answer.failed`. ' +
    'The id of an event is `answerId:number`; as `Last-Event-ID` it resumes after it, on any node.',
  request: {
    params,
    query: z.object({ after: z.string().optional().openapi({ description: 'Begin after the event with this id' }) }),
    headers: z.object({ 'last-event-id': z.string().optional() }),
  },
  responses: {
    200: { description: 'Events to the last one', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems,
  },
});

const stopRoute = createRoute({
  method: 'post',
  path: '/answers/{id}/stop',
  summary: 'Stop an answer that is being made; leaving its stream does not stop it',
  request: { params },
  responses: { 204: { description: 'It stops; its stream ends with `answer.failed`' }, ...bodyProblems },
});

/** Following and stopping answers. */
export function answerStreamRoutes(services: RouteServices): Hono<ServerEnv> {
  const app = newApp();
  app.openAPIRegistry.registerPath(eventsRoute);
  app.get('/answers/:id/events', (c) => {
    const context = services.contextOf(c.get('requestId'));
    const id = c.req.param('id');
    const after = numberIn(c.req.header('last-event-id') ?? c.req.query('after'), id);
    return streamAnswer(c, services, { context, id, after });
  });
  app.openapi(stopRoute, async (c) => {
    await services.platform.streams.stop(services.contextOf(c.get('requestId')), c.req.valid('param').id);
    return c.body(null, 204);
  });
  return app;
}

/** Sends an answer's events after a number, each once it is committed. */
export async function streamAnswer(
  c: Context<ServerEnv>,
  services: RouteServices,
  given: { readonly context: TenantContext; readonly id: string; readonly after: number },
): Promise<Response> {
  const { context, id, after } = given;
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, services.stopping]);
  const events = services.platform.streams.follow(context, { id, after, signal });
  const first = await events.next(); // An unknown answer is a 404, not an empty stream.
  return streamSSE(c, async (stream) => {
    stream.onAbort(() => left.abort());
    const alive = setInterval(() => void stream.write(': alive\n\n').catch(() => left.abort()), KEEP_ALIVE_MS);
    try {
      if (first.done !== true) await stream.write(written(id, first.value));
      for await (const event of events) await stream.write(written(id, event));
    } finally {
      clearInterval(alive);
    }
  });
}

/** JSON holds no line break, so that an event is always three lines. */
function written(id: string, { seq, type, data }: NumberedEvent): string {
  return `id: ${id}:${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The number in an event's id; 0 when it is none of this answer's. */
function numberIn(eventId: string | undefined, id: string): number {
  const [answer, number] = eventId?.split(':') ?? [];
  return answer === id && number !== undefined && /^\d{1,9}$/.test(number) ? Number(number) : 0;
}

import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ServerEnv } from '../server-env.ts';

const GIVEN = /^[A-Za-z0-9._-]{8,64}$/;

/** Names the request: the caller's `X-Request-Id` when it is well formed, else a new one. */
export const requestId: MiddlewareHandler<ServerEnv> = async (c, next) => {
  const given = c.req.header('x-request-id');
  c.set('requestId', given !== undefined && GIVEN.test(given) ? given : randomUUID());
  await next();
};

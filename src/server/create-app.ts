import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { fromUnknown } from '../base/index.ts';
import { version } from './version.ts';
import { loopbackGuard } from './guards/loopback-guard.ts';
import { requestId } from './guards/request-id.ts';
import { securityHeaders } from './guards/security-headers.ts';
import { newApp } from './new-app.ts';
import { pageRoutes } from './pages/static-files.ts';
import { problemOf } from './problem.ts';
import { BodyTooLarge, LengthRequired, RouteNotFound } from './request-refused.ts';
import { adminRoutes } from './routes/admin.ts';
import { answerRoutes } from './routes/answers.ts';
import { collectionRoutes } from './routes/collections.ts';
import { documentRoutes } from './routes/documents.ts';
import { eventRoutes } from './routes/events.ts';
import { type Health, healthRoutes } from './routes/health.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { originalRoutes } from './routes/originals.ts';
import { quarantineRoutes } from './routes/quarantine.ts';
import type { RouteServices, ServerEnv } from './server-env.ts';

/** JSON bodies are small; uploads have their own cap. */
const MAX_JSON_BYTES = 1024 * 1024;

/** What the app is told by whoever listens. */
export interface AppOptions {
  readonly services: RouteServices;
  readonly health: Health;
  /** `host:port` values this server answers to. */
  readonly hosts: () => readonly string[];
  /** The secret of server.json. */
  readonly token: string;
}

/** The whole HTTP door: guards, then routes. Can be called without a socket through `app.request()`. */
export function createApp(options: AppOptions): OpenAPIHono<ServerEnv> {
  const { services, token, hosts } = options;
  const app = newApp();
  app.use(requestId);
  app.use(securityHeaders);
  app.use(loopbackGuard({ hosts, token }));
  app.use('/v1/*', limitJson);
  app.route('/', healthRoutes(options.health));
  app.route('/v1', answerRoutes(services));
  app.route('/v1', collectionRoutes(services));
  app.route('/v1', documentRoutes(services));
  app.route('/v1', originalRoutes(services));
  app.route('/v1', quarantineRoutes(services));
  app.route('/v1', ingestRoutes(services));
  app.route('/v1', adminRoutes(services));
  app.route('/v1', eventRoutes(services));
  app.doc31('/openapi.json', openApiInfo);
  app.route('/', pageRoutes());
  app.notFound((c) => refuse(new RouteNotFound(c.req.path), c.get('requestId')));
  app.onError((error, c) => {
    const failure = fromUnknown(error);
    if (failure.kind === 'fatal') {
      const cause = failure.cause instanceof Error ? failure.cause.stack : undefined;
      services.platform.log.error(failure.message, { code: failure.code, requestId: c.get('requestId'), cause });
    }
    return refuse(error, c.get('requestId'));
  });
  return app;
}

/** Head of the OpenAPI document. */
export const openApiInfo = {
  openapi: '3.1.0',
  info: {
    title: 'Plumbline',
    version,
    description: 'Documents in, cited answers out. Every error is an RFC 9457 problem with a stable `code`.',
  },
};

/** Refuses JSON bodies that are too large, or do not say how large they are, before reading them. */
const limitJson: MiddlewareHandler<ServerEnv> = async (c, next) => {
  const upload = c.req.method === 'POST' && c.req.path === '/v1/documents';
  if (!upload) {
    if (c.req.header('transfer-encoding') !== undefined) throw new LengthRequired();
    if (Number(c.req.header('content-length') ?? 0) > MAX_JSON_BYTES) throw new BodyTooLarge(MAX_JSON_BYTES);
  }
  await next();
};

function refuse(error: unknown, id: string): Response {
  const problem = problemOf(error, id);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { fromUnknown } from '../base/index.ts';
import { version } from './version.ts';
import { loopbackGuard } from './guards/loopback-guard.ts';
import { requestId } from './guards/request-id.ts';
import { securityHeaders } from './guards/security-headers.ts';
import { newApp } from './new-app.ts';
import { openAiError, speaksOpenAi } from './openai/error-body.ts';
import { pageRoutes } from './pages/static-files.ts';
import { problemOf } from './problem.ts';
import {
  BodyTooLarge,
  LengthRequired,
  MediaTypeRefused,
  MethodNotAllowed,
  NotServing,
  RequestInvalid,
  RouteNotFound,
} from './request-refused.ts';
import { adminRoutes } from './routes/admin.ts';
import { answerRoutes } from './routes/answers.ts';
import { answerStreamRoutes } from './routes/answer-streams.ts';
import { cacheRoutes } from './routes/caches.ts';
import { collectionRoutes } from './routes/collections.ts';
import { conflictRoutes } from './routes/conflicts.ts';
import { documentRoutes } from './routes/documents.ts';
import { eventRoutes } from './routes/events.ts';
import { type Health, healthRoutes } from './routes/health.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { openAiRoutes } from './routes/openai.ts';
import { originalRoutes } from './routes/originals.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { quarantineRoutes } from './routes/quarantine.ts';
import { replayRoutes } from './routes/replays.ts';
import { usageRoutes } from './routes/usage.ts';
import type { RouteServices, ServerEnv } from './server-env.ts';
import { limitHeaders } from './limit-headers.ts';

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
  app.use('/v1/*', refuseWhileStopping(services.stopping));
  app.use('/v1/*', limitJson);
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of server.json in the home. Programs send it always; this server’s own page needs none.',
  });
  app.route('/', healthRoutes(options.health));
  app.route('/v1', answerStreamRoutes(services));
  app.route('/v1', answerRoutes(services));
  app.route('/v1', conflictRoutes(services));
  app.route('/v1', replayRoutes(services));
  app.route('/v1', collectionRoutes(services));
  app.route('/v1', privacyRoutes(services));
  app.route('/v1', documentRoutes(services));
  app.route('/v1', originalRoutes(services));
  app.route('/v1', quarantineRoutes(services));
  app.route('/v1', ingestRoutes(services));
  app.route('/v1', adminRoutes(services));
  app.route('/v1', eventRoutes(services));
  app.route('/v1', usageRoutes(services));
  app.route('/v1', cacheRoutes(services));
  app.route('/v1', openAiRoutes(services));
  app.doc31('/openapi.json', openApiInfo);
  app.route('/', pageRoutes());
  app.notFound((c) => {
    const allowed = methodsOf(app, c.req.path);
    if (allowed.length === 0) return refuse(new RouteNotFound(c.req.path), c);
    const response = refuse(new MethodNotAllowed(c.req.method, allowed), c);
    response.headers.set('allow', allowed.join(', '));
    return response;
  });
  app.onError((thrown, c) => {
    const error = named(thrown, c.req.header('content-type'));
    const failure = fromUnknown(error);
    if (failure.kind === 'fatal') {
      const cause = failure.cause instanceof Error ? failure.cause.stack : undefined;
      services.platform.log.error(failure.message, { code: failure.code, requestId: c.get('requestId'), cause });
    }
    return refuse(error, c);
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

/** What Hono itself refuses, in our words. */
function named(error: Error, contentType: string | undefined): Error {
  if (!(error instanceof HTTPException)) return error;
  if (error.status === 415) return new MediaTypeRefused(contentType ?? '', 'application/json');
  if (error.status === 400) return new RequestInvalid([{ where: '', problem: 'is not valid JSON' }]);
  return error;
}

/** Methods an address is known for; [] when it is not known at all. */
function methodsOf(app: OpenAPIHono<ServerEnv>, path: string): string[] {
  const known = app.routes.filter(({ method, path: pattern }) => {
    const expression = pattern.replace(/:[^/]+/g, '[^/]+');
    return method !== 'ALL' && new RegExp(`^${expression}$`).test(path);
  });
  return [...new Set(known.map(({ method }) => method))].sort();
}

/** Lets what is in hand finish, takes nothing new. */
function refuseWhileStopping(stopping: AbortSignal): MiddlewareHandler<ServerEnv> {
  return async (_, next) => {
    if (stopping.aborted) throw new NotServing('stopping');
    await next();
  };
}

/** Refuses JSON bodies that are too large, or do not say how large they are, before reading them. */
const limitJson: MiddlewareHandler<ServerEnv> = async (c, next) => {
  const upload = c.req.method === 'POST' && c.req.path === '/v1/documents';
  if (!upload) {
    if (c.req.header('transfer-encoding') !== undefined) throw new LengthRequired();
    if (Number(c.req.header('content-length') ?? 0) > MAX_JSON_BYTES) throw new BodyTooLarge(MAX_JSON_BYTES);
  }
  await next();
};

function refuse(error: unknown, c: Context<ServerEnv>): Response {
  const limits = limitHeaders(error, Date.now());
  const id = c.get('requestId');
  if (speaksOpenAi(c.req.path)) {
    const { status, body } = openAiError(error, { id, origin: c.req.header('origin') });
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...limits } });
  }
  const problem = problemOf(error, id);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...limits },
  });
}

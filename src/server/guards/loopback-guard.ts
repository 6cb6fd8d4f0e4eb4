import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ServerEnv } from '../server-env.ts';
import { ForeignHost, ForeignOrigin, MediaTypeRefused } from '../request-refused.ts';

/** What the guard compares requests with. */
export interface GuardOptions {
  /** `host:port` values this server answers to. */
  readonly hosts: () => readonly string[];
  readonly token: string;
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Loopback is not private: any web page can reach it. Refuses foreign hosts (DNS rebinding), anything a page of
 * another origin sends, writes without the same origin or the token, and `text/plain` bodies (which forms can send).
 * Sets `withToken`.
 */
export function loopbackGuard(options: GuardOptions): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    const allowed = options.hosts();
    if (!allowed.includes(host)) throw new ForeignHost(host, allowed);
    const withToken = hasToken(c.req.header('authorization'), options.token);
    c.set('withToken', withToken);
    if (!withToken) {
      refuseForeignPage(c.req.header('origin'), {
        host,
        site: c.req.header('sec-fetch-site'),
        method: c.req.method,
        path: c.req.path,
      });
    }
    if (!READING.has(c.req.method)) refusePlainText(c.req.header('content-type'));
    await next();
  };
}

function refuseForeignPage(
  origin: string | undefined,
  request: { readonly host: string; readonly site: string | undefined; readonly method: string; readonly path: string },
): void {
  const own = origin === `http://${request.host}`;
  if (origin !== undefined && !own) throw new ForeignOrigin(origin);
  if (!READING.has(request.method) && !own) throw new ForeignOrigin(origin);
  const crossSite = request.site === 'cross-site' || request.site === 'same-site';
  if (crossSite && request.path.startsWith('/v1')) throw new ForeignOrigin(origin ?? `a ${request.site} page`);
}

function refusePlainText(contentType: string | undefined): void {
  if (contentType?.toLowerCase().startsWith('text/plain') === true) {
    throw new MediaTypeRefused(
      'text/plain',
      'application/json, multipart/form-data, application/octet-stream or the file’s own type',
    );
  }
}

function hasToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header?.startsWith('Bearer ') === true ? header.slice(7) : '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

import type { Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { PlumblineError } from '../base/index.ts';
import { problemOf } from './problem.ts';
import { NotServing } from './request-refused.ts';
import { findFreePort, portHolder } from './port-holder.ts';

/** The only address the server listens on until sign-in exists. */
const LOOPBACK = '127.0.0.1';

/** Somebody else has the port. */
class PortBusy extends PlumblineError {
  constructor(port: number, found: { readonly holder: string | null; readonly free: number | null }) {
    const who = found.holder === null ? 'another program' : found.holder;
    const offer =
      found.free === null ? 'Choose another with PORT=….' : `Port ${found.free} is free: PORT=${found.free} npm start`;
    super({
      code: 'port.busy',
      kind: 'caller',
      message: `Port ${port} is taken by ${who}. ${offer}`,
      details: { port, ...found },
    });
  }
}

/** A socket that listens; what answers can be changed. */
export interface Listener {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** Host headers that mean this server. */
  readonly hosts: readonly string[];
  /** Replaces what answers requests. */
  answerWith(handler: RequestHandler): void;
  /** Takes no new connection, lets requests in hand finish, cuts what is left after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
}

/** Answers one request. */
export type RequestHandler = (request: Request) => Response | Promise<Response>;

/**
 * Takes the port at once, before anything slow is opened, so that a busy port is known in time; until `answerWith`
 * every request gets 503.
 * @param port 0: any free one
 * @throws PlumblineError `port.busy` naming who holds it and offering another
 */
export async function listen(port: number): Promise<Listener> {
  const { serve } = await import('@hono/node-server');
  let handler: RequestHandler = startingUp;
  const server = serve({
    fetch: (request: Request) => handler(request),
    port,
    hostname: LOOPBACK,
    overrideGlobalObjects: false,
  }) as Server;
  await listening(server, port);
  const bound = server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    port: actual,
    address: `http://${LOOPBACK}:${actual}`,
    hosts: [`${LOOPBACK}:${actual}`, `localhost:${actual}`, `[::1]:${actual}`],
    answerWith: (next) => {
      handler = next;
    },
    drain: (timeoutMs) => drain(server, timeoutMs),
  };
}

async function listening(server: Server, port: number): Promise<void> {
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new PortBusy(port, { holder: await portHolder(port), free: await findFreePort(port + 1) });
  }
}

function startingUp(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (pathname === '/healthz') return Response.json({ status: 'ok' });
  const headers = { 'retry-after': '1' };
  if (pathname === '/readyz')
    return Response.json({ status: 'not ready', reason: 'starting' }, { status: 503, headers });
  const id = randomUUID();
  return new Response(JSON.stringify(problemOf(new NotServing('starting'), id)), {
    status: 503,
    headers: { ...headers, 'content-type': 'application/problem+json', 'x-request-id': id },
  });
}

async function drain(server: Server, timeoutMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), timeoutMs);
  await closed;
  clearTimeout(cut);
}

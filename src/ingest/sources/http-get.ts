import { type ClientRequest, get, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getTls } from 'node:https';
import type { Deadline } from './deadline.ts';
import { SourceUnreachable } from './source-error.ts';
import { literalAddress, portOf, withoutCredentials } from './web-address.ts';

const USER_AGENT = 'Plumbline (document ingestion)';
/** Failures before a request was sent, after which the host's next address is worth a try. */
const TRY_NEXT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'EAFNOSUPPORT',
]);

/** Where one GET request goes. */
export interface GetRequest {
  readonly url: URL;
  /** Checked addresses of its host; connected to in this order and to nothing else. */
  readonly addresses: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly connectTimeoutMs: number;
}

/**
 * Sends one GET and waits for the response's headers. The socket is given the numeric
 * address, so nothing is resolved again; TLS still asks for, and checks, the host's name. No redirect is followed, no proxy used, no connection kept; when the deadline ends, the socket is destroyed.
 * @throws SourceUnreachable, SourceTimedOut
 */
export async function httpGet(request: GetRequest, deadline: Deadline): Promise<IncomingMessage> {
  let failure: unknown;
  for (const address of request.addresses) {
    try {
      const answer = getFrom(address, request, deadline.signal);
      return await deadline.within('waiting for its first answer', request.connectTimeoutMs, answer);
    } catch (error) {
      if (deadline.signal.aborted) throw deadline.signal.reason;
      failure = error;
      if (!TRY_NEXT.has(codeOf(error))) break;
    }
  }
  throw unreachable(request.url, failure);
}

/** What a broken conversation is reported as. */
export function unreachable(url: URL, cause: unknown): SourceUnreachable {
  const why = cause instanceof Error ? cause.message || codeOf(cause) : String(cause);
  return new SourceUnreachable(withoutCredentials(url), why, cause);
}

function getFrom(address: string, { url, headers }: GetRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const options: RequestOptions & { servername?: string } = {
    host: address,
    port: portOf(url),
    path: url.pathname + url.search,
    headers: { host: url.host, accept: '*/*', 'user-agent': USER_AGENT, ...headers },
    agent: false,
    insecureHTTPParser: false,
    signal,
    ...(literalAddress(url) === null ? { servername: url.hostname } : {}),
  };
  const sent: ClientRequest = url.protocol === 'https:' ? getTls(options) : get(options);
  sent.once('response', resolve);
  sent.on('error', reject);
  return promise;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

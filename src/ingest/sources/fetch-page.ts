import type { IncomingMessage } from 'node:http';
import { type Deadline, startDeadline } from './deadline.ts';
import { type AddressRules, addressesOf } from './host-addresses.ts';
import { httpGet } from './http-get.ts';
import { ACCEPTED_ENCODINGS, readBody } from './response-body.ts';
import { SourceBlocked, SourceHttpStatus } from './source-error.ts';
import { conditionalHeaders } from './validators.ts';
import { parseWebAddress, withoutCredentials } from './web-address.ts';

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Caps and rules of a fetch, all given. */
export interface FetchRules extends AddressRules {
  readonly maxBytes: number;
  readonly totalMs: number;
  readonly idleMs: number;
  readonly connectTimeoutMs: number;
  readonly ports: readonly number[];
}

/** What a fetch brought. */
export type FetchedPage =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'page'; readonly headers: IncomingMessage['headers']; readonly content: Uint8Array<ArrayBuffer> };

/**
 * Fetches one page. Every address on the way, redirects included, is checked anew before anything is sent to it.
 * @param url where to start
 * @param rules caps, resolver, judge of addresses
 * @param request `state`: answer `unchanged` when the page still has it; `signal` reaches the socket
 * @throws SourceBlocked, SourceUnreachable, SourceTooLarge, SourceTimedOut, SourceHttpStatus, OperationAborted
 */
export async function fetchPage(
  url: URL,
  rules: FetchRules,
  request: { readonly state?: string | undefined; readonly signal: AbortSignal },
): Promise<FetchedPage> {
  const deadline = startDeadline(withoutCredentials(url), rules.totalMs, request.signal);
  try {
    return await follow(url, rules, { deadline, headers: conditionalHeaders(request.state) });
  } finally {
    deadline.end();
  }
}

interface Conversation {
  readonly deadline: Deadline;
  readonly headers: Readonly<Record<string, string>>;
}

async function follow(start: URL, rules: FetchRules, { deadline, headers }: Conversation): Promise<FetchedPage> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const addresses = await addressesOf(url, rules, deadline);
    const response = await httpGet(
      {
        url,
        addresses,
        headers: { 'accept-encoding': ACCEPTED_ENCODINGS, ...headers },
        connectTimeoutMs: rules.connectTimeoutMs,
      },
      deadline,
    );
    const status = response.statusCode ?? 0;
    if (status === 200) {
      return {
        kind: 'page',
        headers: response.headers,
        content: await readBody(response, { ...rules, url }, deadline),
      };
    }
    response.destroy();
    if (status === 304 && Object.keys(headers).length > 0) return { kind: 'unchanged' };
    const location = response.headers.location;
    if (!REDIRECTS.has(status) || location === undefined) throw new SourceHttpStatus(withoutCredentials(url), status);
    url = parseWebAddress(location, { ports: rules.ports, base: url });
  }
  throw new SourceBlocked(
    withoutCredentials(start),
    'it sends us from address to address',
    `${MAX_REDIRECTS} redirects`,
  );
}

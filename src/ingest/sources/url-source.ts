import { createHash } from 'node:crypto';
import { isPublicAddress } from './address-policy.ts';
import { type FetchedPage, type FetchRules, fetchPage } from './fetch-page.ts';
import { type Resolver, systemResolver } from './host-addresses.ts';
import { listingOf, type Source, type SourceItem } from './source.ts';
import { SourceUnreachable } from './source-error.ts';
import { stateFromHeaders } from './validators.ts';
import { fileNameOf, parseWebAddress, withoutCredentials } from './web-address.ts';

/** How an address is fetched. Times in milliseconds. */
export interface UrlOptions {
  /** Cap on the body, as sent and after decompression. */
  readonly maxFileBytes: number;
  /** State of an earlier listing: the server is asked to send the page only if it has another one. */
  readonly knownState?: string;
  /** For everything together, redirects included. Default 30,000. */
  readonly totalMs?: number;
  /** Longest silence while the body comes. Default 10,000. */
  readonly idleMs?: number;
  /** From connecting to the first answer, per address. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** For finding the host. Default 5,000. */
  readonly resolveTimeoutMs?: number;
  /** Ports that may be connected to. Default 80 and 443. */
  readonly ports?: readonly number[];
  /** Default: the system's. */
  readonly resolver?: Resolver;
  /** Which numeric addresses may be connected to. Default {@link isPublicAddress}; replace it in tests only. */
  readonly allowAddress?: (address: string) => boolean;
}

/**
 * One page or file of the public web. Its `externalId` is its address without fragment. The listing fetches it, so that
 * its state is known; `read` then hands over what was fetched. When the page still has `knownState`, the item carries
 * that state and nothing was transferred.
 * @throws SourceBlocked at once when the address is not one we go to; while listing and reading also SourceUnreachable,
 * SourceTooLarge, SourceTimedOut, SourceHttpStatus, OperationAborted
 */
export function urlSource(address: string, options: UrlOptions): Source {
  const rules = rulesFrom(options);
  const url = parseWebAddress(address, rules);
  return {
    kind: 'url',
    root: url.href,
    list: (signal) =>
      listingOf(async function* () {
        yield itemFrom(url, rules, {
          page: await fetchPage(url, rules, { state: options.knownState, signal }),
          knownState: options.knownState ?? '',
        });
        return true;
      }),
  };
}

function rulesFrom(options: UrlOptions): FetchRules {
  return {
    maxBytes: options.maxFileBytes,
    totalMs: options.totalMs ?? 30_000,
    idleMs: options.idleMs ?? 10_000,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    resolveTimeoutMs: options.resolveTimeoutMs ?? 5_000,
    ports: options.ports ?? [80, 443],
    resolver: options.resolver ?? systemResolver,
    allowAddress: options.allowAddress ?? isPublicAddress,
  };
}

interface Answer {
  readonly page: FetchedPage;
  readonly knownState: string;
}

function itemFrom(url: URL, rules: FetchRules, { page, knownState }: Answer): SourceItem {
  const named = { kind: 'item', externalId: url.href, fileName: fileNameOf(url) } as const;
  if (page.kind === 'unchanged') {
    return { ...named, state: knownState, bytes: null, read: (signal) => readAnew(url, rules, signal) };
  }
  const { content, headers } = page;
  const state = stateFromHeaders(headers) ?? `sha256:${createHash('sha256').update(content).digest('hex')}`;
  const type = headers['content-type']?.slice(0, 200);
  const read = () => Promise.resolve(content);
  return { ...named, state, bytes: content.length, read, ...(type === undefined ? {} : { declaredType: type }) };
}

async function readAnew(url: URL, rules: FetchRules, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const page = await fetchPage(url, rules, { signal });
  if (page.kind === 'page') return page.content;
  throw new SourceUnreachable(withoutCredentials(url), 'it answered “not modified” to a question that was not asked');
}

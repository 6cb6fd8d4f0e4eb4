import type { IncomingHttpHeaders } from 'node:http';

/** What tells two states of a page apart; longer values are not kept. */
const MAX_VALIDATOR_LENGTH = 300;

/**
 * The state of a page as its server declares it (RFC 9110 §8.8): its entity tag, else its date of change.
 * @returns null when it declares neither
 */
export function stateFromHeaders(headers: IncomingHttpHeaders): string | null {
  const { etag, 'last-modified': lastModified } = headers;
  if (etag !== undefined && etag.length <= MAX_VALIDATOR_LENGTH) return `etag:${etag}`;
  if (lastModified !== undefined && lastModified.length <= MAX_VALIDATOR_LENGTH) return `modified:${lastModified}`;
  return null;
}

/** The headers that ask for the page only if its state is another one; empty for a state no server declared. */
export function conditionalHeaders(state: string | undefined): Readonly<Record<string, string>> {
  const [, kind, value] = /^(etag|modified):([\x20-\x7e]+)$/.exec(state ?? '') ?? [];
  if (kind === undefined || value === undefined) return {};
  return kind === 'etag' ? { 'if-none-match': value } : { 'if-modified-since': value };
}

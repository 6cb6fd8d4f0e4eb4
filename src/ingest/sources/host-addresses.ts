import { lookup } from 'node:dns/promises';
import type { Deadline } from './deadline.ts';
import { SourceBlocked, SourceUnreachable } from './source-error.ts';
import { literalAddress, withoutCredentials } from './web-address.ts';

/** Finds the numeric addresses of a host name, best first. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

/** The system's resolver, hosts file included. */
export const systemResolver: Resolver = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'verbatim' })).map(({ address }) => address);

/** More addresses than this are not tried. */
const MAX_ADDRESSES = 4;

/** How addresses are found and judged. */
export interface AddressRules {
  readonly resolver: Resolver;
  readonly allowAddress: (address: string) => boolean;
  readonly resolveTimeoutMs: number;
}

/**
 * The numeric addresses a fetch may connect to, resolved once: nobody asks the name server again between this check and
 * the connection, so a name cannot be rebound. One forbidden address among several refuses them all.
 * @throws SourceBlocked, SourceUnreachable, SourceTimedOut
 */
export async function addressesOf(url: URL, rules: AddressRules, deadline: Deadline): Promise<readonly string[]> {
  const shown = withoutCredentials(url);
  const literal = literalAddress(url);
  const addresses = literal === null ? await resolve(url, rules, deadline) : [literal];
  if (addresses.length === 0) throw new SourceUnreachable(shown, 'its host name has no address');
  const forbidden = addresses.find((address) => !rules.allowAddress(address));
  if (forbidden !== undefined) {
    throw new SourceBlocked(
      shown,
      `${url.hostname} is at ${forbidden}, which is not on the public internet`,
      'addresses of the public internet; for a document of your own network, save it and ingest the file',
    );
  }
  return addresses.slice(0, MAX_ADDRESSES);
}

async function resolve(url: URL, rules: AddressRules, deadline: Deadline): Promise<readonly string[]> {
  const answer = rules.resolver(url.hostname).catch((error: unknown) => {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new SourceUnreachable(withoutCredentials(url), `its host name was not found (${why})`, error);
  });
  return deadline.within('finding its host', rules.resolveTimeoutMs, answer);
}

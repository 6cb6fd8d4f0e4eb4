import { isIP } from 'node:net';
import { SourceBlocked } from './source-error.ts';

const ALLOWED = 'http:// and https:// addresses of the public internet, without user name or password';
const MAX_ADDRESS_LENGTH = 2_048;

/**
 * Reads an address as browsers do, so that every disguise of a number (`0x7f.1`, `2130706433`) becomes plain.
 * @param given what a person or a `Location` header said
 * @param rules `ports`: what may be connected to; `base`: where a relative address starts
 * @throws SourceBlocked when it is no address we go to
 */
export function parseWebAddress(given: string, rules: { readonly ports: readonly number[]; readonly base?: URL }): URL {
  const url = given.length <= MAX_ADDRESS_LENGTH ? URL.parse(given, rules.base?.href) : null;
  if (url === null) throw new SourceBlocked(masked(given), 'it is not a valid web address', ALLOWED);
  const shown = withoutCredentials(url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new SourceBlocked(shown, `the scheme ${url.protocol} is not one we fetch`, ALLOWED);
  }
  if (url.username !== '' || url.password !== '') {
    throw new SourceBlocked(shown, 'it carries a user name or password', ALLOWED);
  }
  const port = portOf(url);
  if (!rules.ports.includes(port))
    throw new SourceBlocked(shown, `it names port ${port}`, `ports ${rules.ports.join(', ')}`);
  if (rules.base?.protocol === 'https:' && url.protocol === 'http:') {
    throw new SourceBlocked(shown, 'an encrypted address sent us on to an unencrypted one', 'https:// after https://');
  }
  url.hash = '';
  return url;
}

/** The start of something that is no address, without what could be a password in it. */
function masked(given: string): string {
  return given.replace(/\/\/[^/]*@/, '//…@').slice(0, 200);
}

/** The address as it may be shown or logged. */
export function withoutCredentials(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}

/** The port a connection goes to. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The numeric address when the host is one, otherwise null. `localhost` is one: no name server is asked (RFC 6761). */
export function literalAddress(url: URL): string | null {
  if (/(^|\.)localhost\.?$/.test(url.hostname)) return '127.0.0.1';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? null : host;
}

/** A file name for what an address holds: its last part, else its host. A hint for the parser. */
export function fileNameOf(url: URL): string {
  const last = url.pathname.split('/').filter(Boolean).at(-1);
  if (last === undefined) return `${url.hostname}.html`;
  try {
    return decodeURIComponent(last).replaceAll(/[/\\]/g, '_');
  } catch {
    return last;
  }
}

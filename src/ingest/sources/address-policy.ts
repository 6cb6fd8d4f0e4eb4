import ipaddr from 'ipaddr.js';

/** IPv6 addresses of the public internet (RFC 4291 §2.4); everything outside is special or not assigned. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Public by number, but answered by the cloud host itself with credentials (Azure WireServer). */
const HOST_SERVICES: ReadonlySet<string> = new Set(['168.63.129.16']);

/**
 * Whether an address belongs to the public internet. False for anything that is not written as a plain IPv4 or IPv6
 * address and for every special range: unspecified, loopback, private, link-local (cloud metadata), carrier-grade NAT,
 * multicast, broadcast, documentation, benchmarking, reserved, unique-local, IPv4-mapped, NAT64, 6to4, Teredo, ORCHID, and
 * for addresses with a zone.
 */
export function isPublicAddress(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return ipaddr.IPv4.parse(address).range() === 'unicast' && !HOST_SERVICES.has(address);
  }
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) return false;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST) && !isIsatap(parsed.parts);
}

/** ISATAP (RFC 5214 §6.1) carries an IPv4 address in its last 32 bits, which may be private. */
function isIsatap(parts: readonly number[]): boolean {
  return ((parts[4] ?? 0) & 0xfdff) === 0 && parts[5] === 0x5efe;
}

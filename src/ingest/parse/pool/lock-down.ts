import { syncBuiltinESMExports } from 'node:module';

function refuse(): never {
  throw new Error('A parser has no network.');
}

/**
 * Takes the network away from this process, before any parser is loaded. Node 24's permission model covers files,
 * child processes, workers and addons but not sockets, so the functions that open one are replaced. The modules are not imported: that
 * would read each of their exports, among them Node's whole HTTP client, a tenth of what starting takes.
 */
export function lockDown(): void {
  const [net, tls, http, dns] = [builtin('net'), builtin('tls'), builtin('http'), builtin('dns')];
  const doors: readonly (readonly [object, readonly string[]])[] = [
    [net, ['connect', 'createConnection', 'createServer']],
    [net.Socket.prototype, ['connect']],
    [net.Server.prototype, ['listen']],
    [tls, ['connect', 'createServer']],
    [http, ['request', 'get', 'createServer', 'WebSocket', 'CloseEvent', 'MessageEvent']],
    [builtin('https'), ['request', 'get', 'createServer']],
    [builtin('dgram'), ['createSocket']],
    [dns, ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse', 'lookupService']],
    [dns.promises, ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse', 'lookupService']],
    [globalThis, ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']],
  ];
  for (const [owner, names] of doors) {
    for (const name of names) {
      if (name in owner) Object.defineProperty(owner, name, { value: refuse, writable: false, configurable: false });
    }
  }
  syncBuiltinESMExports();
}

function builtin<Name extends 'net' | 'tls' | 'http' | 'https' | 'dgram' | 'dns'>(name: Name) {
  return process.getBuiltinModule(`node:${name}`);
}

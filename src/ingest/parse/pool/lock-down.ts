import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

function refuse(): never {
  throw new Error('A parser has no network.');
}

/**
 * Takes the network away from this process, before any parser is loaded. Node 24's permission model covers files,
 * child processes, workers and addons but not sockets, so the functions that open one are replaced.
 */
export function lockDown(): void {
  const doors: readonly (readonly [object, readonly string[]])[] = [
    [net, ['connect', 'createConnection', 'createServer']],
    [net.Socket.prototype, ['connect']],
    [net.Server.prototype, ['listen']],
    [tls, ['connect', 'createServer']],
    [http, ['request', 'get', 'createServer']],
    [https, ['request', 'get', 'createServer']],
    [dgram, ['createSocket']],
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

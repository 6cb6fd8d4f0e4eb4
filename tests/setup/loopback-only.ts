/**
 * Loaded before every test file: the suites use no network. A connection to anything but this machine fails with a
 * sentence that names it. A database server named in the environment is reachable wherever it is.
 */
import { isIP, Socket, type SocketConnectOpts } from 'node:net';

const serverVariables = ['PLUMB_TEST_DATABASE_URL', 'PLUMB_TEST_REDIS_URL'];
const servers = serverVariables.flatMap((name) => {
  const url = process.env[name];
  return url === undefined ? [] : [new URL(url).hostname];
});

function isAllowed(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === 'localhost' || bare.endsWith('.localhost') || servers.includes(host)) return true;
  return isIP(bare) === 4 ? bare.startsWith('127.') : bare === '::1' || bare.startsWith('::ffff:127.');
}

/** The host a `connect` call goes to, or null for a local socket file. Node passes its own calls as one array. */
function hostOf(parameters: readonly unknown[]): string | null {
  const [first, second] = Array.isArray(parameters[0]) ? (parameters[0] as unknown[]) : parameters;
  if (typeof first === 'object' && first !== null) {
    const options = first as SocketConnectOpts;
    return 'path' in options && typeof options.path === 'string'
      ? null
      : ((options as { host?: string }).host ?? 'localhost');
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return null;
  return typeof second === 'string' ? second : 'localhost';
}

const connect: unknown = Reflect.get(Socket.prototype, 'connect');

Reflect.set(Socket.prototype, 'connect', function connectLoopbackOnly(this: Socket, ...parameters: unknown[]): unknown {
  const host = hostOf(parameters);
  if (host === null || isAllowed(host)) return Reflect.apply(connect as () => unknown, this, parameters);
  const refusal = new Error(`A test tried to reach ${host}. Tests use no network: serve it on 127.0.0.1 instead.`);
  // As late as a real refusal, when the caller has had time to listen for errors.
  setImmediate(() => this.destroy(refusal));
  return this;
});

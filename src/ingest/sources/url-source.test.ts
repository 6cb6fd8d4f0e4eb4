import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { SourceItem } from './source.ts';
import { type UrlOptions, urlSource } from './url-source.ts';
import { parseWebAddress } from './web-address.ts';

const signal = new AbortController().signal;
const servers: { close(): unknown }[] = [];
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A real server on loopback. @returns its port */
async function serve(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Options that let a test reach its own server, and only that one address. */
const local = (port: number, more: Partial<UrlOptions> = {}): UrlOptions => ({
  maxFileBytes: 100_000,
  ports: [port],
  resolver: () => Promise.resolve(['127.0.0.1']),
  allowAddress: (address) => address === '127.0.0.1',
  ...more,
});

async function fetchItem(address: string, options: UrlOptions, stop = signal): Promise<SourceItem> {
  for await (const entry of urlSource(address, options).list(stop)) if (entry.kind === 'item') return entry;
  throw new Error('expected an item');
}

const textOf = async (item: SourceItem) => new TextDecoder().decode(await item.read(signal));

describe('what is never connected to', () => {
  const forbidden = [
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://0.0.0.0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fe80::1%25eth0]/',
    'http://[fe80::1%eth0]/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http://10.0.0.1/',
    'https://192.168.0.1/',
    'http://1.1.1.1@127.0.0.1/',
    'http://user:hunter2@1.1.1.1/',
    'http://user:hunter2@[bad/',
    'http://1.1.1.1:22/',
    'http://1.1.1.1:8080/',
    'ftp://1.1.1.1/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:alert(1)',
    'gopher://127.0.0.1:6379/_x',
    'not an address',
    '',
  ];
  test.each(forbidden)('%s', async (address) => {
    const attempt = (async () => fetchItem(address, { maxFileBytes: 10 }))();
    const error: unknown = await attempt.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'source.blocked', message: expect.stringMatching(/Allowed: /) });
    expect(String(error)).not.toContain('hunter2');
  });

  test('a name with one private address among public ones', async () => {
    const options: UrlOptions = { maxFileBytes: 10, resolver: () => Promise.resolve(['93.184.216.34', '10.0.0.5']) };
    await expect(fetchItem('http://two-faced.example/', options)).rejects.toMatchObject({ code: 'source.blocked' });
  });
});

describe('redirects', () => {
  let redirecting = 0;
  const here = () => redirecting;
  test.each([
    ['a private address', () => 'http://10.0.0.1/'],
    ['the cloud metadata', () => 'http://169.254.169.254/latest/'],
    ['loopback', () => `http://[::1]:${here()}/`],
    ['a name at a private address', () => `http://internal.example:${here()}/`],
    ['a name at two addresses', () => `//mixed.example:${here()}/`],
    ['another scheme', () => 'file:///etc/passwd'],
    ['another port', () => 'http://public.example:6379/'],
    ['an address with credentials', () => `http://u:p@public.example:${here()}/`],
  ])('to %s: nothing is sent there', async (_what, target) => {
    let requests = 0;
    redirecting = await serve((_request, response) => {
      requests++;
      response.writeHead(301, { location: target() }).end();
    });
    const hosts: Record<string, string[]> = {
      'internal.example': ['127.0.0.2'],
      'mixed.example': ['127.0.0.1', '10.0.0.1'],
    };
    const options = local(here(), {
      ports: [here(), 80],
      resolver: (name) => Promise.resolve(hosts[name] ?? ['127.0.0.1']),
    });
    await expect(fetchItem(`http://public.example:${here()}/`, options)).rejects.toMatchObject({
      code: 'source.blocked',
    });
    expect(requests).toBe(1);
  });

  test('never from an encrypted address to an unencrypted one', () => {
    const base = new URL('https://public.example/');
    expect(() => parseWebAddress('http://public.example/', { ports: [80, 443], base })).toThrow(/unencrypted/);
  });

  test('five are followed, six are not; relative ones too', async () => {
    const port = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('arrived');
      else response.writeHead(307, { location: `./${left - 1}` }).end();
    });
    const item = await fetchItem(`http://public.example:${port}/5`, local(port));
    expect(await textOf(item)).toBe('arrived');
    expect(item.externalId).toBe(`http://public.example:${port}/5`);
    await expect(fetchItem(`http://public.example:${port}/6`, local(port))).rejects.toMatchObject({
      code: 'source.blocked',
    });
  });
});

describe('one resolution', () => {
  test('a name that turns private after the check still goes to the checked address', async () => {
    const port = await serve((_request, response) => response.end('the checked server'));
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    const options = local(port, { resolver: () => Promise.resolve(answers[asked++] ?? []) });
    expect(await textOf(await fetchItem(`http://rebinding.example:${port}/`, options))).toBe('the checked server');
    expect(asked).toBe(1);
  });

  test('the host name goes into the Host header, the next address is tried when the first refuses', async () => {
    let host: string | undefined;
    const port = await serve((request, response) => {
      host = request.headers.host;
      response.end('ok');
    });
    const options = local(port, {
      resolver: () => Promise.resolve(['127.0.0.9', '127.0.0.1']),
      allowAddress: () => true,
    });
    await fetchItem(`http://named.example:${port}/`, options);
    expect(host).toBe(`named.example:${port}`);
  });

  test('TLS asks the checked address for the host name', async () => {
    const asked: string[] = [];
    const server = createTlsServer({
      SNICallback: (name, done) => {
        asked.push(name);
        done(new Error('no certificate in this test'));
      },
    });
    server.on('tlsClientError', () => undefined);
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = (server.address() as AddressInfo).port;
    await expect(fetchItem(`https://secure.example:${port}/`, local(port))).rejects.toMatchObject({
      code: 'source.unreachable',
    });
    expect(asked).toEqual(['secure.example']);
  });
});

describe('caps', () => {
  test.each([
    ['declared', (response: ServerResponse) => response.writeHead(200, { 'content-length': '1000001' }).write('x')],
    ['streamed', (response: ServerResponse) => response.end('x'.repeat(100_001))],
    [
      'gzip bomb',
      (response: ServerResponse) =>
        response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(50_000_000))),
    ],
    [
      'brotli bomb',
      (response: ServerResponse) =>
        response.setHeader('content-encoding', 'br').end(brotliCompressSync(Buffer.alloc(20_000_000))),
    ],
  ])('too large: %s', async (_how, respond) => {
    const port = await serve((_request, response) => respond(response));
    await expect(fetchItem(`http://public.example:${port}/`, local(port))).rejects.toMatchObject({
      code: 'source.too-large',
      details: { maxBytes: 100_000 },
    });
  });

  test('compressed bodies within the cap arrive whole', async () => {
    const port = await serve((_request, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync('x'.repeat(100_000))),
    );
    expect((await textOf(await fetchItem(`http://public.example:${port}/`, local(port)))).length).toBe(100_000);
  });

  test.each([
    ['no answer', { connectTimeoutMs: 40 }, () => undefined],
    ['silence in the body', { idleMs: 40 }, (response: ServerResponse) => response.write('begin')],
    ['a body that drips', { totalMs: 120 }, drip],
  ])('too slow: %s', async (_how, caps, respond) => {
    const port = await serve((_request, response) => void respond(response));
    await expect(fetchItem(`http://public.example:${port}/`, local(port, caps))).rejects.toMatchObject({
      code: 'source.timed-out',
      kind: 'retry',
    });
  });

  test('a body that comes slowly but steadily is not silence', async () => {
    const port = await serve((_request, response) => {
      let sent = 0;
      const timer = setInterval(() => {
        response.write('.');
        if (++sent < 25) return;
        clearInterval(timer);
        response.end();
      }, 20);
    });
    const item = await fetchItem(`http://public.example:${port}/`, local(port, { idleMs: 300 }));
    expect(item.bytes).toBe(25);
  });

  test('a name server that does not answer', async () => {
    const options = local(80, { resolver: () => new Promise(() => undefined), resolveTimeoutMs: 20 });
    await expect(fetchItem('http://public.example/', options)).rejects.toMatchObject({ code: 'source.timed-out' });
  });

  function drip(response: ServerResponse): void {
    const timer = setInterval(() => response.write('.'), 10);
    response.on('close', () => clearInterval(timer));
  }
});

describe('failures', () => {
  test.each([
    [404, 'caller'],
    [403, 'caller'],
    [204, 'caller'],
    [304, 'caller'],
    [429, 'retry'],
    [503, 'retry'],
  ])('status %i is for: %s', async (status, kind) => {
    const port = await serve((_request, response) => response.writeHead(status).end());
    await expect(fetchItem(`http://public.example:${port}/`, local(port))).rejects.toMatchObject({
      code: 'source.http-status',
      kind,
      details: { status },
    });
  });

  test.each([
    [
      'broken off',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-length': '10' }).write('x', () => response.destroy()),
    ],
    ['no HTTP', (response: ServerResponse) => response.socket?.end('hello\r\n\r\n')],
    ['unknown encoding', (response: ServerResponse) => response.setHeader('content-encoding', 'zpaq').end('x')],
    ['damaged gzip', (response: ServerResponse) => response.setHeader('content-encoding', 'gzip').end('not gzip')],
  ])('unreachable: %s', async (_how, respond) => {
    const port = await serve((_request, response) => void respond(response));
    await expect(fetchItem(`http://public.example:${port}/`, local(port))).rejects.toMatchObject({
      code: 'source.unreachable',
    });
  });

  test('no such name, no address, nobody listening', async () => {
    const fail = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    for (const resolver of [
      () => Promise.reject(fail),
      () => Promise.resolve([]),
      () => Promise.resolve(['127.0.0.1']),
    ]) {
      await expect(fetchItem('http://gone.example:9/', local(9, { resolver }))).rejects.toMatchObject({
        code: 'source.unreachable',
      });
    }
  });

  test('stopping closes the socket', async () => {
    const begun = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const port = await serve((_request, response) => {
      response.on('close', closed.resolve);
      response.write('begin', () => begun.resolve());
    });
    const stop = new AbortController();
    const fetched = fetchItem(`http://public.example:${port}/`, local(port), stop.signal);
    await begun.promise;
    stop.abort();
    await expect(fetched).rejects.toMatchObject({ code: 'operation.aborted' });
    await closed.promise;
  });
});

describe('state', () => {
  async function versioned(headers: Record<string, string>) {
    const asked: IncomingMessage['headers'][] = [];
    const port = await serve((request, response) => {
      asked.push(request.headers);
      const known = request.headers['if-none-match'] ?? request.headers['if-modified-since'];
      if (known !== undefined && Object.values(headers).includes(known)) response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end('page');
    });
    return { address: `http://public.example:${port}/docs/A%20b.html?x=1#part`, options: local(port), asked };
  }

  test.each([[{ etag: '"v1"' }], [{ etag: 'W/"v1"' }], [{ 'last-modified': 'Sat, 21 Nov 2026 08:00:00 GMT' }]])(
    'an unchanged page costs no transfer: %j',
    async (headers) => {
      const { address, options, asked } = await versioned(headers);
      const first = await fetchItem(address, options);
      expect(first).toMatchObject({ fileName: 'A b.html', bytes: 4, declaredType: 'text/html; charset=utf-8' });
      expect(first.externalId).toBe(address.replace('#part', ''));
      const second = await fetchItem(address, { ...options, knownState: first.state });
      expect(second).toMatchObject({ state: first.state, bytes: null });
      expect(asked).toHaveLength(2);
      expect(await textOf(second)).toBe('page');
    },
  );

  test('without validators the content is the state', async () => {
    const { address, options } = await versioned({});
    const first = await fetchItem(address, options);
    expect(first.state).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect((await fetchItem(address, { ...options, knownState: first.state })).state).toBe(first.state);
  });
});

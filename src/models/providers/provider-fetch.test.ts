import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Connections, openConnections } from './connections.ts';

let server: Server;
let url: string;
let connections: Connections;
let serve: (...exchange: Parameters<RequestListener>) => unknown;
let begun: (exchange: { request: IncomingMessage; response: ServerResponse }) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    begun({ request, response });
    void serve(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat?a=b%20c`;
  connections = openConnections(2);
});

afterEach(() => {
  begun = () => undefined;
});

afterAll(async () => {
  await connections.close();
  server.closeAllConnections();
  server.close();
});
begun = () => undefined;

/** The next request, as the server has it. */
function nextExchange(): Promise<{ request: IncomingMessage; response: ServerResponse }> {
  return new Promise((resolve) => (begun = resolve));
}

const post = (signal?: AbortSignal): Promise<Response> =>
  connections.fetch(url, { method: 'POST', headers: { 'x-key': 'k' }, body: '{"a":1}', ...(signal && { signal }) });

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe('what arrives', () => {
  it('sends method, path, headers and body as fetch would', async () => {
    serve = async (request, response) => {
      const body = (await request.toArray()).join('');
      const { method, url: path, headers } = request;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method, path, key: headers['x-key'], length: headers['content-length'], body }));
    };
    const sent = { method: 'POST', path: '/v1/chat?a=b%20c', key: 'k', length: '7', body: '{"a":1}' };
    expect(await (await post()).json()).toEqual(sent);
    const bytes = { method: 'POST', headers: new Headers({ 'x-key': 'k' }), body: Buffer.from('{"a":1}') };
    expect(await (await connections.fetch(url, bytes)).json()).toEqual(sent);
  });

  it('reads every reply as fetch does', async () => {
    const reply = fc.record({
      status: fc.constantFrom(200, 201, 400, 404, 429, 500, 529),
      type: fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/event-stream', 'text/plain'),
      chunks: fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 5 }),
      gzip: fc.boolean(),
      cookies: fc.array(fc.stringMatching(/^[a-z]{1,5}=[a-z]{1,5}$/), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(reply, async ({ status, type, chunks, gzip, cookies }) => {
        serve = (_, response) => {
          response.setHeader('content-type', type).setHeader('set-cookie', cookies);
          response.writeHead(status, gzip ? { 'content-encoding': 'gzip' } : {});
          if (gzip) return void response.end(gzipSync(chunks.join('')));
          for (const chunk of chunks) response.write(chunk);
          response.end();
        };
        const [ours, theirs] = [await post(), await fetch(url, { method: 'POST', body: '{"a":1}' })];
        expect(ours.status).toBe(theirs.status);
        expect(ours.statusText).toBe(theirs.statusText);
        const named = ({ headers }: Response) => [...headers].filter(([name]) => name !== 'date');
        expect(named(ours)).toEqual(named(theirs));
        expect(await ours.text()).toBe(await theirs.text());
      }),
      { numRuns: 60 },
    );
  });

  it('hands on a stream as it comes and reads no faster than its reader', async () => {
    const chunk = 'x'.repeat(64 * 1024);
    let written = 0;
    serve = async (request, response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write('first');
      request.resume();
      for (; written < 400 && !response.destroyed; written++) {
        if (!response.write(chunk)) await once(response, 'drain');
      }
      response.end();
    };
    const response = await post();
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toContain('first');
    let stuck = -1;
    // The kernel's buffers fill, then nothing moves.
    while (stuck !== written) {
      stuck = written;
      for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    }
    expect(written).toBeLessThan(390);
    let bytes = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
    expect(bytes).toBeGreaterThan(399 * chunk.length);
  });

  it('takes a reply without a body', async () => {
    serve = (_, response) => void response.writeHead(204, { 'content-type': 'application/json' }).end();
    const response = await post();
    expect([response.status, await response.text()]).toEqual([204, '']);
  });
});

describe('what goes wrong', () => {
  it('a redirect is not followed', async () => {
    serve = (_, response) => void response.writeHead(307, { location: '/elsewhere' }).end();
    expect(await failureOf(post())).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
  });

  it('a connection that ends before the headers, in a body, in a stream', async () => {
    serve = (_, response) => void response.destroy();
    const early = await failureOf(post());
    expect(early).toMatchObject({ message: 'fetch failed', cause: { code: 'UND_ERR_SOCKET' } });
    serve = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":');
      setImmediate(() => response.destroy());
    };
    const late = await failureOf(post());
    expect(late).toMatchObject({ message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } });
    serve = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
      setImmediate(() => response.destroy());
    };
    expect(await failureOf(post().then((response) => response.text()))).toMatchObject({ message: 'terminated' });
  });

  it('a refused connection', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const failure = await failureOf(connections.fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '' }));
    expect(failure).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } });
  });
});

describe('what stops it', () => {
  const reason = new Error('stopped');

  it('a signal that has fired sends nothing', async () => {
    serve = () => expect.unreachable();
    expect(await failureOf(post(AbortSignal.abort(reason)))).toBe(reason);
  });

  it.each(['before the headers', 'in a body', 'in a stream'])('a signal %s reaches the socket', async (when) => {
    serve = (_, response) => {
      if (when === 'before the headers') return;
      const type = when === 'in a body' ? 'application/json' : 'text/event-stream';
      response.writeHead(200, { 'content-type': type }).write('{"a":');
    };
    const exchange = nextExchange();
    const stopper = new AbortController();
    const response = post(stopper.signal);
    const text = when === 'in a stream' ? response.then((stream) => stream.text()) : response;
    const failure = failureOf(text);
    const closed = exchange.then(({ response: at }) => once(at, 'close'));
    await exchange;
    if (when === 'in a stream') await response;
    stopper.abort(reason);
    expect(await failure).toBe(reason);
    await closed;
  });

  it('a signal while it waits for a connection: it is never sent', async () => {
    const held: ServerResponse[] = [];
    serve = (_, response) => void held.push(response);
    const others = [post(), post()];
    const stopper = new AbortController();
    const waiting = failureOf(post(stopper.signal));
    stopper.abort(reason);
    expect(await waiting).toBe(reason);
    while (held.length < 2) await new Promise(setImmediate);
    serve = (_, response) => void response.end('next');
    for (const response of held) response.end();
    await Promise.all(others);
    expect(await (await post()).text()).toBe('next');
    expect(held).toHaveLength(2);
  });

  it('leaving a stream ends the connection', async () => {
    serve = (_, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write('a');
    const exchange = nextExchange();
    const response = await post();
    const closed = exchange.then(({ response: at }) => once(at, 'close'));
    await response.body?.cancel();
    await closed;
  });
});

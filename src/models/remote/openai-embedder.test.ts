import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { embedderConformance } from '../embedder.conformance.ts';
import { createFixedEmbedder } from '../fixed-embedder.ts';
import { createOpenAiEmbedder, type OpenAiEmbedderOptions } from './openai-embedder.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, input: string[]) => void | Promise<void>;

const KEY = 'sk-very-secret-0123456789';
const fixed = createFixedEmbedder({ dimensions: 8 });
let server: Server;
let requests: { body: Record<string, unknown>; authorization: string | undefined }[];
/** What the server does next, one per request; afterwards it answers properly. */
let faults: Handler[];

async function answer(
  response: ServerResponse,
  input: string[],
  change = (data: unknown[]): unknown[] => data,
): Promise<void> {
  const vectors = await fixed.embed(input, { purpose: 'document' });
  // Twice as long as the unit, and in reverse: the adapter must scale and sort.
  const data = vectors.map((vector, index) => ({ index, embedding: [...vector].map((value) => value * 2) })).reverse();
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: change(data) }));
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const part of request) text += String(part);
  const body = JSON.parse(text) as { input: string[] };
  requests.push({ body, authorization: request.headers.authorization });
  const fault = faults.shift();
  if (request.url !== '/v1/embeddings') response.writeHead(404).end();
  else if (fault !== undefined) await fault(request, response, body.input);
  else await answer(response, body.input);
}

beforeEach(async () => {
  requests = [];
  faults = [];
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function defaults(): OpenAiEmbedderOptions {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
  const retry = { firstMs: 1, longestMs: 2_000 };
  return { url, model: 'text-embedding-x', key: KEY, dimensions: 8, retry };
}

function build(overrides: Partial<OpenAiEmbedderOptions> = {}) {
  return createOpenAiEmbedder({ ...defaults(), ...overrides });
}

const document = { purpose: 'document' } as const;
const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    void response.writeHead(code, headers).end(`{"error":"${KEY}"}`);

describe('OpenAI-compatible embedder', () => {
  for (const { name, run } of embedderConformance(() => build())) it(name, run);

  it('asks for floats with the model and the key, and learns the dimensions', async () => {
    const { dimensions: _known, ...unknown } = defaults();
    const embedder = await createOpenAiEmbedder(unknown);
    expect(embedder.dimensions).toBe(8);
    expect(requests[0]).toMatchObject({
      body: { model: 'text-embedding-x', encoding_format: 'float' },
      authorization: `Bearer ${KEY}`,
    });
    await build({ key: null }).then((open) => open.embed(['a'], document));
    expect(requests.at(-1)?.authorization).toBeUndefined();
  });

  it('sends at most 96 texts a request and cuts what is too long', async () => {
    const embedder = await build({ maxTokens: 10 });
    const texts = Array.from({ length: 200 }, (_, index) => `text ${index}`);
    expect(await embedder.embed([...texts, 'x'.repeat(1000)], document)).toHaveLength(201);
    expect(requests.map(({ body }) => (body['input'] as string[]).length)).toEqual([96, 96, 9]);
    expect(requests[2]?.body['input']).toSatisfy((input: string[]) => input.at(-1)?.length === 40);
  });

  it('tries again after 429, 5xx and a lost connection, as long as Retry-After says', async () => {
    faults = [status(429, { 'retry-after': '0.05' }), status(503), (request) => void request.socket.destroy()];
    const started = performance.now();
    expect(await (await build()).embed(['a'], document)).toHaveLength(1);
    expect(requests).toHaveLength(4);
    expect(performance.now() - started).toBeGreaterThanOrEqual(45);
  });

  it('reads a Retry-After date and never waits longer than it may', async () => {
    faults = [status(429, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() })];
    await (await build({ retry: { firstMs: 1, longestMs: 5 } })).embed(['a'], document);
    expect(requests).toHaveLength(2);
  });

  it('gives up after three retries, with the key nowhere', async () => {
    faults = Array.from({ length: 4 }, () => status(500));
    const error: unknown = await (await build()).embed(['a'], document).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'embedder.failed', message: expect.stringContaining('500') });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error)).not.toContain(KEY);
    expect(requests).toHaveLength(4);
  });

  it('does not repeat what the server refuses, and says what to check', async () => {
    faults = [status(401)];
    await expect((await build()).embed(['a'], document)).rejects.toThrow(/401.*PLUMB_EMBEDDER_KEY/);
    expect(requests).toHaveLength(1);
  });

  it('gives up on a silent server after its time', async () => {
    faults = Array.from({ length: 4 }, () => () => undefined);
    await expect((await build({ timeoutMs: 20 })).embed(['a'], document)).rejects.toThrow(/within 20 ms/);
    expect(requests).toHaveLength(4);
  });

  it('lets an abort and a close reach the socket', async () => {
    for (const stop of ['abort', 'close'] as const) {
      const controller = new AbortController();
      const embedder = await build();
      const arrived = Promise.withResolvers<void>();
      const hungUp = Promise.withResolvers<void>();
      faults = [
        (request) => {
          request.socket.once('close', () => hungUp.resolve());
          arrived.resolve();
        },
      ];
      const work = embedder.embed(['a'], { ...document, signal: controller.signal });
      const thrown = work.catch((error: unknown) => error);
      await arrived.promise;
      if (stop === 'abort') controller.abort();
      else await embedder.close();
      expect(await thrown).toMatchObject({ code: stop === 'abort' ? 'operation.aborted' : 'embedder.closed' });
      await hungUp.promise;
    }
  });

  it('does not wait out a Retry-After when it is aborted', async () => {
    const controller = new AbortController();
    faults = [status(429, { 'retry-after': '60' })];
    const work = (await build({ retry: { firstMs: 1, longestMs: 60_000 } })).embed(['a'], {
      ...document,
      signal: controller.signal,
    });
    const thrown = work.catch((error: unknown) => error);
    await vi.waitUntil(() => requests.length === 1);
    controller.abort();
    expect(await thrown).toMatchObject({ code: 'operation.aborted' });
  });

  it('refuses answers with missing, repeated, wrong or differently long vectors', async () => {
    const changed =
      (change: (data: unknown[]) => unknown[]): Handler =>
      (_request, response, input) =>
        answer(response, input, change);
    const embedder = await build();
    const cases: [Handler, string][] = [
      [changed((data) => data.slice(1)), 'embedder.failed'],
      [changed((data) => [data[0], data[0]]), 'embedder.failed'],
      [
        changed(() => [
          { index: 0, embedding: [1] },
          { index: 5, embedding: [1] },
        ]),
        'embedder.failed',
      ],
      [
        changed(() => [
          { index: 0, embedding: ['x'] },
          { index: 1, embedding: [1] },
        ]),
        'embedder.failed',
      ],
      [changed(() => [0, 1].map((index) => ({ index, embedding: [1, 2, 3] }))), 'embedder.wrong-dimensions'],
      [(_request, response) => void response.end('not json'), 'embedder.failed'],
    ];
    for (const [fault, code] of cases) {
      faults = [fault];
      await expect(embedder.embed(['a', 'b'], document)).rejects.toMatchObject({ code });
    }
  });
});

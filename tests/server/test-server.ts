import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/index.ts';
import type { Embedder } from '../../src/index.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { copyTemplate } from '../../src/store/database-template.ts';
import { createFixedEmbedder } from '../../src/testing.ts';

/** What came back, read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every shape
  readonly json: any;
}

/** One request; nothing is added that is not said here but Host and Content-Length. */
export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/** A real server on a free port with a home of its own, without the sample, with an embedder that costs nothing. */
export interface TestServer extends RunningServer {
  readonly home: string;
  /** Sends bytes as they are given: unlike fetch it lets a test choose Host, Origin and paths with dots. */
  call(path: string, call?: Call): Promise<Reply>;
  /** As the server's own page: JSON with its Origin. */
  asPage(method: string, path: string, body?: unknown): Promise<Reply>;
  /** As the command line: JSON with the token. */
  asOwner(method: string, path: string, body?: unknown): Promise<Reply>;
  upload(name: string, content: string | Uint8Array, query?: Readonly<Record<string, string>>): Promise<Reply>;
  dispose(): Promise<void>;
}

/** Starts one. @param environment further configuration */
export async function startTestServer(
  environment: Readonly<Record<string, string>> = {},
  embedder: Embedder = createFixedEmbedder({ dimensions: 8 }),
): Promise<TestServer> {
  const home = await mkdtemp(join(tmpdir(), 'plumbline-server-'));
  await copyTemplate(home);
  const config = loadConfig({ PORT: '0', PLUMB_HOME: home, PLUMB_SAMPLE: 'off', ...environment }, home);
  const server = await startServer(config, { embedder });
  const call = (path: string, what: Call = {}): Promise<Reply> => send(server.address, path, what);
  const json = (method: string, headers: Record<string, string>, body: unknown): Call => ({
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    ...server,
    home,
    call,
    asPage: (method, path, body) => call(path, json(method, { origin: server.address }, body)),
    asOwner: (method, path, body) => call(path, json(method, { authorization: `Bearer ${server.token}` }, body)),
    upload: (name, content, query = {}) =>
      call(`/v1/documents?${new URLSearchParams({ name, ...query }).toString()}`, {
        method: 'POST',
        headers: { origin: server.address, 'content-type': 'application/octet-stream' },
        body: content,
      }),
    dispose: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Sends one request to an address and reads the whole reply. */
export function send(address: string, path: string, what: Call = {}): Promise<Reply> {
  const { hostname, port } = new URL(address);
  const { method = 'GET', headers = {}, body } = what;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path, headers, agent: false, ...(what.signal ? { signal: what.signal } : {}) },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          const isJson = incoming.headers['content-type']?.includes('json') === true;
          const status = incoming.statusCode ?? 0;
          resolve({ status, headers: incoming.headers, text, json: isJson ? JSON.parse(text) : null });
        });
      },
    );
    outgoing.on('error', reject);
    if (body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(body));
    outgoing.end(body);
  });
}

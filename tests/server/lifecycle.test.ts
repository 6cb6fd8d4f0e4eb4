import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { readServerFile, startServer } from '../../src/server/index.ts';
import { listen } from '../../src/server/listen.ts';
import { createFixedEmbedder } from '../../src/testing.ts';
import { send, startTestServer } from './test-server.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Reads server-sent events until `count` have come. */
async function readEvents(
  server: { readonly address: string },
  wanted: { readonly count: number; readonly lastEventId?: string },
): Promise<{ id: string; event: string }[]> {
  const headers = wanted.lastEventId === undefined ? {} : { 'last-event-id': wanted.lastEventId };
  const response = await fetch(`${server.address}/v1/events`, { headers, signal: AbortSignal.timeout(10_000) });
  let text = '';
  for await (const part of response.body ?? []) {
    text += new TextDecoder().decode(part);
    const whole = [...text.matchAll(/event: (.+)\ndata: .*\nid: (.+)\n\n/g)];
    if (whole.length >= wanted.count) return whole.map(([, event = '', id = '']) => ({ id, event }));
  }
  throw new Error(`The stream ended after ${text}`);
}

describe('before the platform is open', () => {
  it('lives, is not ready, and refuses the rest with a problem', async () => {
    const listener = await listen(0);
    expect((await send(listener.address, '/healthz')).status).toBe(200);
    expect(await send(listener.address, '/readyz')).toMatchObject({ status: 503, json: { reason: 'starting' } });
    const reply = await send(listener.address, '/v1/documents');
    expect(reply).toMatchObject({ status: 503, json: { code: 'server.starting' } });
    await listener.drain(0);
  });

  it('names who holds a busy port and offers another', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const refused = await listen(port).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'port.busy', details: { port } });
    const { message } = refused as Error;
    expect(message).toContain(`Port ${port} is taken by`);
    expect(message).toMatch(/Port \d+ is free: PORT=\d+ npm start/);
    if (process.platform === 'linux') expect(message).toContain(`(process ${process.pid})`);
    holder.close();
  });
});

describe('a running server', () => {
  it('is found through server.json, private to its owner, until it stops', async () => {
    const server = await startTestServer();
    expect(await send(server.address, '/readyz')).toMatchObject({ status: 503, json: { reason: 'starting' } });
    server.ready();
    expect(await send(server.address, '/readyz')).toMatchObject({ status: 200, json: { status: 'ready' } });
    const path = join(server.home, 'server.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readServerFile(server.home)).toMatchObject({ address: server.address, token: server.token });
    expect((await stat(server.home)).mode & 0o077).toBe(0);

    const config = loadConfig({ PORT: '0', PLUMB_HOME: server.home, PLUMB_SAMPLE: 'off' }, server.home);
    const second = await startServer(config, { embedder: createFixedEmbedder() }).catch((error: unknown) => error);
    expect(second).toMatchObject({ code: 'home.locked' });
    expect((second as Error).message).toContain(server.address);
    expect(await readServerFile(server.home)).toMatchObject({ address: server.address });

    await server.stop();
    await expect(readFile(path)).rejects.toThrow('ENOENT');
    await rm(server.home, { recursive: true, force: true });
  });

  it('resumes events after the last one seen, and ends streams when it stops', async () => {
    const server = await startTestServer();
    server.ready();
    await server.upload('zero.txt', 'No fish.');
    await server.upload('one.txt', 'One fish.');
    const all = await readEvents(server, { count: 2, lastEventId: '0' });
    expect(all.map(({ event }) => event)).toContain('document.stored');
    const [first, second] = all;
    const rest = await readEvents(server, { count: 1, lastEventId: first?.id ?? '' });
    expect(rest[0]).toEqual(second);

    const live = await fetch(`${server.address}/v1/events`);
    const upload = await server.upload('two.txt', 'Two fish.');
    expect(upload.status).toBe(201);
    const seen = await readUntil(live, upload.json.id);
    const before = performance.now();
    await server.dispose();
    expect(performance.now() - before).toBeLessThan(8000);
    expect(seen).not.toContain(all[0]?.id === undefined ? '' : `id: ${all[0].id}\n`);
  });

  it('lets a request in hand finish while it stops, and takes no new ones', async () => {
    const server = await startTestServer();
    server.ready();
    let stopping: Promise<void> = Promise.resolve();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('The slow fish '));
        // The rest of the upload comes only after the server was told to stop.
        setTimeout(() => {
          stopping = server.stop();
          controller.enqueue(new TextEncoder().encode('arrives late.'));
          controller.close();
        }, 100);
      },
    });
    const upload = await fetch(`${server.address}/v1/documents?name=slow.txt`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/octet-stream' },
      body,
      duplex: 'half',
    });
    expect(upload.status).toBe(201);
    await expect(send(server.address, '/v1/documents')).rejects.toThrow(/ECONNREFUSED|hang up|ECONNRESET/);
    await stopping;
    await rm(server.home, { recursive: true, force: true });
  });
});

it('takes server.json for what it is: half-written or foreign ones are as good as none', async () => {
  const home = await mkdtemp(join(tmpdir(), 'plumbline-server-'));
  folders.push(home);
  expect(await readServerFile(home)).toBeNull();
  for (const text of [
    '',
    '{',
    '[]',
    'null',
    '{"address":"http://127.0.0.1:1"}',
    '{"address":"x","instanceId":"y","token":"z"}',
  ]) {
    await writeFile(join(home, 'server.json'), text);
    expect(await readServerFile(home), text).toBeNull();
  }
});

/** Reads a stream until it said a text. */
async function readUntil(response: Response, text: string): Promise<string> {
  let seen = '';
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream()).getReader();
  while (!seen.includes(text)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The stream ended after ${JSON.stringify(seen)}.`);
    seen += value;
  }
  return seen;
}

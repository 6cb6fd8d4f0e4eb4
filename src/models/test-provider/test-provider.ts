import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { anthropicWire } from './anthropic-wire.ts';
import { bedrockWire } from './bedrock-wire.ts';
import { exampleOf } from './example-of-schema.ts';
import { googleWire } from './google-wire.ts';
import { openAiWire } from './openai-wire.ts';
import { readCall } from './read-call.ts';
import { embeddingsReply, rankingReply } from './vectors-wire.ts';
import type { TestCall, TestReply, TestUsage, WireReply } from './wire.ts';

/**
 * What goes wrong with a reply.
 * - `status`: an error reply; `retryAfter` is the header's value, seconds or an HTTP date.
 * - `stall`: headers never come. `refuse`: the connection ends before a reply.
 * - `drop`: the connection ends after so many frames of a stream, or in the middle of a body.
 * - `hang`: the connection stays open after so many frames, and nothing more comes.
 * - `malformed`: half of the JSON. `drip`: a pause before each frame. `no-usage`: the tokens are not said.
 */
export type TestFault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'stall' | 'refuse' | 'malformed' | 'no-usage' }
  | { readonly kind: 'drop' | 'hang'; readonly afterFrames: number }
  | { readonly kind: 'drip'; readonly pauseMs: number };

/** What a test may decide; by default every request gets a plain reply at once. */
export interface TestProviderOptions {
  /** Overrides parts of the reply. */
  readonly reply?: (call: TestCall) => Partial<TestReply> | undefined;
  readonly fault?: (call: TestCall) => TestFault | null | undefined;
  /** False: nothing is kept, for load tests. Default: true. */
  readonly keepLog?: boolean;
}

/** One request and what became of it. */
export interface TestLogEntry {
  readonly call: TestCall;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly fault: TestFault | null;
  /** What the reply said it used; null for an error reply and when it was left out. */
  readonly usage: TestUsage | null;
  /** Whether the whole reply was written. */
  completed: boolean;
  /** Whether the connection ended before. */
  aborted: boolean;
}

/** A provider on this machine that speaks OpenAI's (Azure's too), Anthropic's, Google's and Bedrock Converse's formats. */
export interface TestProvider {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  readonly log: readonly TestLogEntry[];
  /** Connections that are open now. */
  connections(): number;
  close(): Promise<void>;
}

const wires = { openai: openAiWire, anthropic: anthropicWire, bedrock: bedrockWire, google: googleWire };

/** Starts one on a free port of 127.0.0.1. */
export async function startTestProvider(options: TestProviderOptions = {}): Promise<TestProvider> {
  const log: TestLogEntry[] = [];
  const sockets = new Set<Socket>();
  let received = 0;
  const server: Server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void readBody(request).then((body) => {
      const call = readCall(received++, new URL(request.url ?? '/', 'http://localhost').pathname, body);
      if (call === null) response.writeHead(404).end('{"error":{"message":"no such path"}}');
      else void answer(call, { request, response, options, log });
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    log,
    connections: () => sockets.size,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly options: TestProviderOptions;
  readonly log: TestLogEntry[];
}

async function answer(call: TestCall, exchange: Exchange): Promise<void> {
  const { request, response, options, log } = exchange;
  const fault = options.fault?.(call) ?? null;
  const reply = { ...plainReply(call), ...options.reply?.(call) };
  const saysUsage = fault?.kind !== 'no-usage' && fault?.kind !== 'status';
  const entry: TestLogEntry = {
    call,
    headers: request.headers,
    fault,
    usage: saysUsage ? reply.usage : null,
    completed: false,
    aborted: false,
  };
  if (options.keepLog !== false) log.push(entry);
  response.on('close', () => {
    entry.aborted = !response.writableFinished;
  });
  entry.completed = await send(call, { response, fault, reply, withUsage: saysUsage });
}

async function send(
  call: TestCall,
  by: {
    readonly response: ServerResponse;
    readonly fault: TestFault | null;
    readonly reply: TestReply;
    readonly withUsage: boolean;
  },
): Promise<boolean> {
  const { response, fault } = by;
  if (fault?.kind === 'stall') return false;
  if (fault?.kind === 'refuse') {
    response.destroy();
    return false;
  }
  if (fault?.kind === 'status') {
    if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
    response.writeHead(fault.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ type: 'error', error: { type: 'test', message: `scripted ${fault.status}` } }));
    return false;
  }
  const wire = writeReply(call, by.reply, by.withUsage);
  response.writeHead(200, { 'content-type': wire.contentType });
  return writeFrames(response, broken(wire, fault), fault);
}

async function writeFrames(response: ServerResponse, wire: WireReply, fault: TestFault | null): Promise<boolean> {
  if (fault === null) {
    for (const frame of wire.frames) response.write(frame);
    response.end();
    return true;
  }
  for (const frame of wire.frames) {
    if (fault.kind === 'drip') await pause(response, fault.pauseMs);
    if (response.destroyed) return false;
    await new Promise((resolve) => response.write(frame, resolve));
  }
  if (fault.kind === 'hang') return false;
  if (fault.kind === 'drop') {
    response.destroy();
    return false;
  }
  response.end();
  return fault.kind !== 'malformed';
}

/** Waits, or until the client has gone, so that no timer outlives its request. */
async function pause(response: ServerResponse, pauseMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, pauseMs);
    response.on('close', done);
  });
}

function broken(wire: WireReply, fault: TestFault | null): WireReply {
  const halved = (): WireReply => ({ ...wire, frames: wire.frames.map((frame) => frame.slice(0, frame.length / 2)) });
  if (fault?.kind === 'malformed') return halved();
  if (fault?.kind !== 'drop' && fault?.kind !== 'hang') return wire;
  return wire.frames.length === 1 ? halved() : { ...wire, frames: wire.frames.slice(0, fault.afterFrames) };
}

function plainReply(call: TestCall): TestReply {
  const example = call.schema === null ? null : exampleOf(call.schema);
  const words = `The test provider read ${call.rawBody.length} characters.`.split(/(?<= )/);
  const usage = { inputTokens: Math.ceil(call.rawBody.length / 4), cachedInputTokens: 0, outputTokens: words.length };
  if (call.forcedTool !== null) return { pieces: [], toolCalls: [{ name: call.forcedTool, input: example }], usage };
  return { pieces: example === null ? words : [JSON.stringify(example)], toolCalls: [], usage };
}

function writeReply(call: TestCall, reply: TestReply, withUsage: boolean): WireReply {
  const usage = withUsage ? reply.usage : null;
  switch (call.kind) {
    case 'chat':
      return wires[call.wire].write(call, reply, withUsage);
    case 'embeddings':
      return json(embeddingsReply(call, usage));
    case 'rerank':
      return json(rankingReply(call, usage));
  }
}

function json(body: unknown): WireReply {
  return { contentType: 'application/json', frames: [JSON.stringify(body)] };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVERYONE, type TenantContext } from '../../base/index.ts';
import { createModelDoor, type ModelDoor } from '../door/create-model-door.ts';
import type { ModelRequest } from '../door/request.ts';
import { buildRegistry } from '../registry/load-registry.ts';
import type { ProviderKind } from '../registry/registry.ts';
import { startTestProvider, type TestProvider } from '../test-provider/test-provider.ts';
import { scrubbedRequest, withoutSecrets } from './exchange.ts';
import { keysFor, type Recording } from './recording.ts';

const KEY = 'sk-very/secret+key';
const context: TenantContext = { tenantId: 't', principalId: 'p', groups: [EVERYONE], requestId: 'r' };
const request = (content: string): ModelRequest => ({
  task: 'answer',
  feature: 'test',
  messages: [{ role: 'user', content }],
});

let folder: string;
let provider: TestProvider;
let replies = 0;
let repeatsKey = true;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-record-'));
  replies = 0;
  repeatsKey = true;
  // It repeats the key, as a careless provider may.
  provider = await startTestProvider({
    reply: () => ({ pieces: [`Reply ${++replies}`, ', "ünïcode" ', ...(repeatsKey ? [KEY] : []), ' over.'] }),
  });
});
afterEach(async () => {
  await provider.close();
  await rm(folder, { recursive: true, force: true });
});

async function withDoor<T>(
  kind: ProviderKind,
  mode: Recording['mode'],
  work: (door: ModelDoor) => Promise<T>,
): Promise<T> {
  const file = {
    providers: { one: { kind, url: provider.url, keyFrom: 'KEY' } },
    models: {
      one: { provider: 'one', model: 'one', private: false, contextTokens: 10_000, price: { inputUsdPerMillion: 1 } },
    },
  };
  const key = keysFor({ mode, folder }, () => (mode === 'record' ? KEY : undefined));
  const registry = buildRegistry(file, { file: 'models.json', key });
  const door = createModelDoor({ registry, recording: { mode, folder }, random: () => 0 });
  try {
    return await work(door);
  } finally {
    await door.close();
  }
}

async function streamed(door: ModelDoor, content: string): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of door.stream(context, request(content)).text) pieces.push(piece);
  return pieces;
}

describe.each(['openai', 'openai-compatible', 'anthropic', 'bedrock'] as const)('through the SDK of %s', (kind) => {
  it('replays what it recorded, without key and network, as often as asked', async () => {
    const ask = async (door: ModelDoor): Promise<unknown[]> => {
      const first = await door.generate(context, request('one'));
      const second = await door.generate(context, request('one'));
      repeatsKey = false;
      const pieces = await streamed(door, 'two');
      return [first, second]
        .map(({ text, usage, finish }) => ({ text, usage, finish }))
        .concat(pieces.join('') as never);
    };
    const recorded = await withDoor(kind, 'record', ask);
    expect(JSON.stringify(recorded, keepBigInts)).toContain('Reply 2');
    await provider.close();
    const replayed = await withDoor(kind, 'replay', ask);
    expect(replayed).toEqual(
      JSON.parse(JSON.stringify(recorded, keepBigInts).replaceAll(KEY, 'scrubbed'), readBigInts),
    );
    expect(await withDoor(kind, 'replay', ask)).toEqual(replayed);
    const third = await withDoor(kind, 'replay', async (door) => {
      await ask(door);
      return await door.generate(context, request('one'));
    });
    expect(third.text).toContain('Reply 2');
  });

  it('writes no key', async () => {
    await withDoor(kind, 'record', (door) => door.generate(context, request(`my key is ${KEY}`)));
    const names = await readdir(folder);
    expect(names).toHaveLength(1);
    for (const name of names) {
      const text = await readFile(join(folder, name), 'utf8');
      const decoded = Buffer.from(/"chunks": \[\s*"([^"]*)"/.exec(text)?.[1] ?? '', 'base64').toString('latin1');
      for (const form of [KEY, encodeURIComponent(KEY), 'very/secret']) expect(text + decoded).not.toContain(form);
      expect(text).not.toMatch(/authorization|x-api-key/i);
    }
  });
});

const keepBigInts = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
const readBigInts = (_: string, value: unknown): unknown =>
  typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value;

it('a reply of bytes that repeats a key is not written: it cannot be mended', async () => {
  await withDoor('bedrock', 'record', (door) => streamed(door, 'two'));
  expect(await readdir(folder)).toEqual([]);
});

it('a call nobody recorded says so, and asks nobody else', async () => {
  const failure = await withDoor('openai', 'replay', (door) =>
    door.generate(context, request('never asked')).catch((error: unknown) => error),
  );
  expect(failure).toMatchObject({ code: 'recording.missing', details: { folder } });
  expect(provider.log).toEqual([]);
});

it('a recording that was cut is told apart from none', async () => {
  await withDoor('openai', 'record', (door) => door.generate(context, request('one')));
  const [name = ''] = await readdir(folder);
  await writeFile(join(folder, name), '{"request":');
  const failure = await withDoor('openai', 'replay', (door) =>
    door.generate(context, request('one')).catch((error: unknown) => error),
  );
  expect(failure).toMatchObject({ code: 'recording.invalid', details: { file: join(folder, name) } });
});

it('failures are recorded and replayed as well', async () => {
  await provider.close();
  provider = await startTestProvider({
    fault: ({ index }) => (index === 0 ? { kind: 'status', status: 429, retryAfter: '0' } : undefined),
  });
  const text = await withDoor('openai', 'record', async (door) => (await door.generate(context, request('one'))).text);
  expect(await readdir(folder)).toHaveLength(2);
  await provider.close();
  expect(await withDoor('openai', 'replay', async (door) => (await door.generate(context, request('one'))).text)).toBe(
    text,
  );
});

it('keys in an address are scrubbed, whatever they are called', () => {
  const url = 'https://user:pass@host.test/v1?api-key=abc&key=a%2Fb&X-Amz-Signature=0f&model=m&alt=a%2Fb';
  const scrubbed = scrubbedRequest({ method: 'POST', url, body: '' }, ['a/b']);
  expect(scrubbed.url).toBe(
    'https://host.test/v1?api-key=scrubbed&key=scrubbed&X-Amz-Signature=scrubbed&model=m&alt=scrubbed',
  );
  expect(withoutSecrets('"a\\"b" a"b', ['a"b', ''])).toBe('"scrubbed" scrubbed');
});

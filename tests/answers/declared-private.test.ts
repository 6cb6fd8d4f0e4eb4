import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Collection, createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import { copyTemplate } from '../../src/store/database-template.ts';
import { createFixedEmbedder, startTestProvider, type TestProvider } from '../../src/testing.ts';

const SECRET = 'Zweiundvierzig';
const TEXT = `The code word of the vault is ${SECRET}. The vault is opened at nine.`;
const QUESTION = 'What is the code word of the vault?';

let home: string;
let platform: Platform;
let own: TestProvider;
let cloud: TestProvider;
let collection: Collection;

/** Every task a collection's words are sent out for prefers a model elsewhere. */
function registry(): object {
  const model = {
    model: 'm',
    level: 3,
    contextTokens: 32_000,
    price: { inputUsdPerMillion: 0 },
    limits: { attempts: 1 },
  };
  const both = (ending: string, kind: string): [string, object][] => [
    [`cloud${ending}`, { ...model, provider: 'cloud', private: false, kind }],
    [`own${ending}`, { ...model, provider: 'own', private: true, kind }],
  ];
  const first = (id: string) => ({ models: [id] });
  return {
    providers: {
      cloud: { kind: 'openai-compatible', url: cloud.url },
      own: { kind: 'openai-compatible', url: own.url },
    },
    models: Object.fromEntries([...both('', 'language'), ...both('-ranks', 'rerank')]),
    tasks: { answer: first('cloud'), rewrite: first('cloud'), judge: first('cloud'), rerank: first('cloud-ranks') },
  };
}

beforeAll(async () => {
  const reply = () => ({ pieces: [`The code word of the vault is ${SECRET}, as the keeper explained at length. [1]`] });
  own = await startTestProvider({ reply });
  cloud = await startTestProvider({ reply });
  home = await mkdtemp(join(tmpdir(), 'plumb-declared-'));
  await copyTemplate(home);
  await writeFile(join(home, 'models.json'), JSON.stringify(registry()));
  const config = loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off', PLUMB_REPLY_CACHE: 'off' }, home);
  platform = await createPlatform(config, { embedder: createFixedEmbedder() });
  const context = platform.localContext();
  collection = await platform.ingest.ensureCollection(context, { name: 'vault' });
  const given = { name: 'vault.txt', bytes: new TextEncoder().encode(TEXT), declaredType: undefined, given: {} };
  await platform.ingest.upload(context, { collection, signal: AbortSignal.timeout(30_000) }, given);
  await platform.ingest.idle(context);
}, 120_000);

afterEach(async () => {
  const context = platform.localContext();
  await platform.privacy.declare(context, { collection: 'vault', dataClass: null });
  await platform.privacy.declare(context, { collection: null, dataClass: null });
});

afterAll(async () => {
  await platform.close();
  for (const provider of [own, cloud]) await provider.close();
  await rm(home, { recursive: true, force: true });
});

/** Everything a collection's words or questions about it are sent out for; what was sent, by provider. */
async function useAll(): Promise<{ readonly cloud: string; readonly own: string }> {
  const before = { cloud: cloud.log.length, own: own.log.length };
  const context = platform.localContext();
  const signal = AbortSignal.timeout(30_000);
  const fresh = await platform.ingest.collection(context, 'vault');
  const filter = { op: 'all' } as const;
  const asked = { collection: fresh, text: QUESTION, asOf: null, filter };
  const answer = await platform.ask(context, { ...asked, earlier: ['Is there a vault?'], signal });
  const streamed = platform.beginAnswer(context, asked);
  for await (const _ of platform.streams.follow(context, { id: streamed, after: 0, signal }));
  const settings = { rerank: 5, rewriting: ['variants'] } as const;
  await platform.search(context, {
    collection: fresh,
    question: QUESTION,
    asOf: Date.now(),
    filter,
    limit: 5,
    after: null,
    settings,
    signal,
  });
  expect(answer.citations.length).toBeGreaterThan(0);
  const sent = (provider: TestProvider, from: number) =>
    provider.log
      .slice(from)
      .map(({ call }) => `${call.path} ${call.rawBody}`)
      .join('\n');
  return { cloud: sent(cloud, before.cloud), own: sent(own, before.own) };
}

it('goes to the model that is asked first while nothing is declared', async () => {
  const { cloud: sent } = await useAll();
  expect(sent).toContain(SECRET);
  expect(sent).toContain('/rerank');
});

it('of a private collection nothing is sent to a model that is not private: no answer, rewording, judgement, ranking', async () => {
  await platform.privacy.declare(platform.localContext(), { collection: 'vault', dataClass: 'private' });
  const sent = await useAll();
  expect(sent.cloud).toBe('');
  for (const path of ['/chat/completions', '/rerank']) expect(sent.own).toContain(path);
  expect(sent.own).toContain(SECRET);
});

it('nor of a private organisation, whatever its collections declare', async () => {
  const context = platform.localContext();
  await platform.privacy.declare(context, { collection: null, dataClass: 'private' });
  await platform.privacy.declare(context, { collection: 'vault', dataClass: 'public' });
  expect(await platform.privacy.showCollection(context, 'vault')).toEqual({
    name: 'vault',
    declared: 'public',
    effective: 'private',
  });
  expect((await useAll()).cloud).toBe('');
});

it('tells who declared what', async () => {
  const context = platform.localContext();
  await platform.privacy.declare(context, { collection: 'vault', dataClass: 'private' });
  const { id } = await platform.ingest.collection(context, 'vault');
  const events = await platform.events.read(context, 0, 1_000);
  const declared = events.filter(({ type, subjectId }) => type === 'privacy.declared' && subjectId === id);
  expect(declared.at(-1)?.data).toEqual({ dataClass: 'private', by: 'local' });
});

it('stops a start with an embedder elsewhere, which would see every text', async () => {
  await platform.privacy.declare(platform.localContext(), { collection: 'vault', dataClass: 'private' });
  await platform.close();
  const open = (environment: Record<string, string>) =>
    createPlatform(loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off', ...environment }, home), {
      embedder: createFixedEmbedder(),
    });
  const elsewhere = { PLUMB_EMBEDDER: 'openai', PLUMB_EMBEDDER_URL: cloud.url, PLUMB_EMBEDDER_MODEL: 'm' };
  await expect(open(elsewhere)).rejects.toMatchObject({ code: 'privacy.embedder-not-private' });
  platform = await open({ ...elsewhere, PLUMB_EMBEDDER_PRIVATE: 'on' });
});

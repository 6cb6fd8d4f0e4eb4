import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { PlumblineError, type TenantContext } from '../../src/index.ts';
import {
  createModelDoor,
  loadRegistry,
  type ModelCalls,
  type ModelDoor,
  withDataClass,
} from '../../src/models/index.ts';
import { startTestProvider, type TestLogEntry, type TestProvider } from '../../src/models/testing.ts';
import { ValueFinder } from './find-values.ts';
import { type PersonalRecord, personalRecord } from './personal-records.ts';

const RECORDS = 2_000;
const RECORDS_PER_CALL = 4;
const CALLS = RECORDS / RECORDS_PER_CALL;
const tenant: TenantContext = { tenantId: 't', principalId: 'p', groups: [], requestId: 'r' };
/** An organisation that declares all it has private. */
const discreet: TenantContext = { ...tenant, tenantId: 'discreet' };
const records = Array.from({ length: RECORDS }, (_, index) => personalRecord(index));
const values = records.flatMap((record) => Object.values(record));
const finder = new ValueFinder(values);
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Wires {
  readonly door: ModelDoor;
  /** Where private material may go; fails often, so that there is always a reason to go elsewhere. */
  readonly own: TestProvider;
  readonly elsewhere: TestProvider;
}

async function open(privacy: object): Promise<Wires> {
  const own = await startTestProvider({
    fault: ({ index }) => (index % 3 === 0 ? { kind: 'status', status: 503 } : null),
  });
  const elsewhere = await startTestProvider();
  closers.push(
    () => own.close(),
    () => elsewhere.close(),
  );
  const folder = await mkdtemp(join(tmpdir(), 'plumb-wire-'));
  closers.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'models.json');
  await writeFile(file, JSON.stringify({ ...registryOf({ own, elsewhere }), privacy }));
  const tenantClass = async ({ tenantId }: TenantContext) => (tenantId === discreet.tenantId ? 'private' : null);
  const door = createModelDoor({ registry: loadRegistry(file, () => undefined), tenantClass, random: () => 0 });
  closers.push(() => door.close());
  return { door, own, elsewhere };
}

function registryOf({ own, elsewhere }: Pick<Wires, 'own' | 'elsewhere'>): object {
  const model = {
    contextTokens: 100_000,
    price: { inputUsdPerMillion: 1 },
    limits: { attempts: 2, concurrent: 1_000 },
  };
  const kinds = { '': 'language', '-vectors': 'embedding', '-ranks': 'rerank' };
  const of = (provider: string, isPrivate: boolean): [string, object][] =>
    Object.entries(kinds).map(([ending, kind]) => [
      `${provider}${ending}`,
      { ...model, provider, model: 'm', kind, private: isPrivate },
    ]);
  return {
    providers: {
      own: { kind: 'openai-compatible', url: own.url },
      cloud: { kind: 'openai-compatible', url: elsewhere.url },
      claude: { kind: 'anthropic', url: elsewhere.url },
    },
    models: Object.fromEntries([
      ...of('cloud', false),
      ['claude', { ...model, provider: 'claude', model: 'm', private: false }],
      ...of('own', true),
    ]),
    // What may leave prefers the models elsewhere; one task's material is private whatever the request says.
    tasks: {
      answer: { models: ['cloud', 'claude'] },
      secret: { models: ['cloud', 'claude'], dataClass: 'private' },
      embed: { models: ['cloud-vectors'] },
      rerank: { models: ['cloud-ranks'] },
    },
  };
}

/** Ways in which people's data gets into a prompt. */
const encodings = {
  plain: (text: string) => [text],
  escaped: (text: string) => [JSON.stringify(text).replace(/[^ -~]/g, escapeOf)],
  base64: (text: string) => [`Attached: ${Buffer.from(text).toString('base64')}`],
  split: (text: string) => text.match(/.{1,9}/gsu) ?? [],
} as const;

type Encoding = (text: string) => readonly string[];

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function textOf(of: readonly PersonalRecord[]): string {
  return of.map((record) => Object.values(record).join('; ')).join('\n');
}

interface Call {
  readonly texts: string[];
  /** Whether the call or its task declares it. */
  readonly isPrivate: boolean;
  readonly as?: TenantContext;
}

/** One call of whichever kind it is its turn to be; how it ends does not matter here. */
async function send(door: ModelCalls, turn: number, given: Call): Promise<void> {
  const { texts, isPrivate, as: asker = tenant } = given;
  const byTask = turn % 2 === 0;
  const declared = isPrivate && !byTask ? ({ dataClass: 'private' } as const) : {};
  const kind = turn % 5;
  // Embedding and reranking are tasks of their own: their requests have to declare it.
  const always = isPrivate ? ({ dataClass: 'private' } as const) : {};
  const basics = { feature: 'wire', deadlineMs: 60_000 };
  const asked = {
    ...basics,
    ...declared,
    task: isPrivate && byTask ? 'secret' : 'answer',
    messages: texts.map((content) => ({ role: 'user' as const, content })),
  };
  try {
    if (kind === 0) await door.generate(asker, asked);
    else if (kind === 1) for await (const _ of door.stream(asker, asked).text);
    else if (kind === 2)
      await door.object(asker, { ...asked, schema: z.object({ fits: z.literal('never') }), repairs: 1 });
    else if (kind === 3) await door.embed(asker, { ...basics, ...always, texts });
    else await door.rerank(asker, { ...basics, ...always, query: 'who?', documents: texts });
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
  }
}

async function sendAll(door: ModelCalls, calls: readonly Call[]): Promise<void> {
  const waiting = calls.entries();
  const lane = async (): Promise<void> => {
    for (const [turn, call] of waiting) await send(door, turn, call);
  };
  await Promise.all(Array.from({ length: 16 }, lane));
}

function personalCalls(isPrivate: boolean, ways: readonly Encoding[] = Object.values(encodings)) {
  return Array.from({ length: CALLS }, (_, call) => {
    const of = records.slice(call * RECORDS_PER_CALL, (call + 1) * RECORDS_PER_CALL);
    // Kinds take turns with five, encodings with four: every pair comes about.
    return { texts: [...(ways[call % ways.length] ?? encodings.plain)(textOf(of))], isPrivate };
  });
}

function foundIn(log: readonly TestLogEntry[]): Set<string> {
  const found = new Set<string>();
  for (const { call, headers } of log) {
    for (const value of finder.in(call.rawBody)) found.add(value);
    for (const value of finder.in(`${call.path} ${JSON.stringify(headers)}`)) found.add(value);
  }
  return found;
}

it('private-only: no value of 2,000 people reaches an endpoint that is not private; what is not private arrives', async () => {
  const { door, own, elsewhere } = await open({});
  const questions = Array.from({ length: CALLS }, (_, call) => ({
    texts: [`Question ${call} about rent.`],
    isPrivate: false,
  }));
  const calls = personalCalls(true).flatMap((call, index) => [call, questions[index] ?? call]);
  await sendAll(door, calls);
  const arrived = new Set(elsewhere.log.map(({ call }) => /Question \d+ about/.exec(call.rawBody)?.[0]));
  expect(arrived.size).toBe(CALLS);
  expect(arrived.has(undefined)).toBe(false); // and nothing else does
  expect([...foundIn(elsewhere.log)]).toEqual([]);
  expect(own.log.some(({ fault }) => fault !== null)).toBe(true);
  expect(own.log.every(({ call }) => !/Question \d+ about/.test(call.rawBody))).toBe(true);
}, 180_000);

it('private by organisation or collection: the calls need not say so', async () => {
  const { door, own, elsewhere } = await open({});
  const ofCollection = withDataClass(door, 'private');
  const half = records.length / RECORDS_PER_CALL / 2;
  const calls = personalCalls(false);
  await Promise.all([
    sendAll(
      door,
      calls.slice(0, half).map((call) => ({ ...call, as: discreet })),
    ),
    sendAll(ofCollection, calls.slice(half)),
    sendAll(door, [{ texts: ['Question 0 about rent.'], isPrivate: false }]),
  ]);
  expect(elsewhere.log.map(({ call }) => /Question \d+ about/.exec(call.rawBody)?.[0])).toEqual(['Question 0 about']);
  expect([...foundIn(elsewhere.log)]).toEqual([]);
  expect(foundIn(own.log).size).toBe(new Set(values).size);
}, 180_000);

it('private-only by policy alone: what is found in plain words keeps the call at home; what is not personal still goes out', async () => {
  const { door, own, elsewhere } = await open({ personalData: 'private-only' });
  const questions = Array.from({ length: CALLS }, (_, call) => ({
    texts: [`question ${call}: how much rent is due, and when?`],
    isPrivate: false,
  }));
  await sendAll(
    door,
    personalCalls(false, [encodings.plain]).flatMap((call, index) => [call, questions[index] ?? call]),
  );
  const arrived = new Set(elsewhere.log.map(({ call }) => /question \d+:/.exec(call.rawBody)?.[0]));
  expect(arrived.size).toBe(CALLS);
  expect(arrived.has(undefined)).toBe(false);
  expect([...foundIn(elsewhere.log)]).toEqual([]);
  expect(foundIn(own.log).size).toBeGreaterThan(values.length / 2);
}, 180_000);

it('allow: the same capture finds every value, however it is written', async () => {
  const { door, elsewhere } = await open({ personalData: 'allow' });
  await sendAll(door, personalCalls(false));
  const found = foundIn(elsewhere.log);
  expect(values.filter((value) => !found.has(value))).toEqual([]);
  expect(found.size).toBe(new Set(values).size);
}, 180_000);

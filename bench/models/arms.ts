import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { TenantContext } from '../../src/index.ts';
import {
  createModelDoor,
  LeasedBudgets,
  loadRegistry,
  readBudgets,
  TenantClasses,
  UsageMeter,
} from '../../src/models/index.ts';
import { bootstrap, openDatabase } from '../../src/store/index.ts';
import { createLog } from '../../src/telemetry/index.ts';

/** One call. @returns ms until the first token when it is streamed, else until the whole reply */
type Call = () => Promise<number>;

/** A way of calling the model. */
export interface Arm {
  readonly name: 'direct' | 'door' | 'portkey' | 'directStream' | 'doorStream';
  readonly call: Call;
}

/** The same prompt for all. */
const SYSTEM = 'Answer from the passages and cite them.';
const QUESTION = `When is the rent due? ${'The tenant pays the rent on the first day of every month. '.repeat(20)}`;
const MODEL = 'bench';

/** The AI SDK's provider interface, called directly, over Node's own fetch. @param headers for a gateway in between */
export function directArms(url: string, headers: Readonly<Record<string, string>> = {}): readonly [Call, Call] {
  const model = createOpenAICompatible({ name: 'direct', baseURL: url, headers, includeUsage: true }).chatModel(MODEL);
  const options = {
    prompt: [
      { role: 'system' as const, content: SYSTEM },
      { role: 'user' as const, content: [{ type: 'text' as const, text: QUESTION }] },
    ],
    maxOutputTokens: 200,
  };
  const whole: Call = async () => {
    const from = performance.now();
    await model.doGenerate({ ...options, abortSignal: new AbortController().signal });
    return performance.now() - from;
  };
  const streamed: Call = async () => {
    const from = performance.now();
    const { stream } = await model.doStream({ ...options, abortSignal: new AbortController().signal });
    let first: number | null = null;
    for await (const part of stream) if (part.type === 'text-delta') first ??= performance.now() - from;
    return first ?? Number.NaN;
  };
  return [whole, streamed];
}

/** The door as the platform wires it: budgets, metering and what the organisation declares in an embedded database. */
export async function openDoorArms(url: string): Promise<{ calls: readonly [Call, Call]; close(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const database = await openDatabase({ home, databaseUrl: null, databaseOwnerUrl: null });
  const tenant: TenantContext = {
    tenantId: await bootstrap(database),
    principalId: 'bench',
    groups: [],
    requestId: 'bench',
  };
  const parts = { database, log: createLog('warn') };
  await writeFile(join(home, 'budgets.json'), JSON.stringify(BUDGETS));
  await writeFile(join(home, 'models.json'), JSON.stringify(registryOf(url)));
  const budgets = new LeasedBudgets({ ...parts, rules: await readBudgets(join(home, 'budgets.json')) });
  const meter = new UsageMeter(parts);
  const registry = loadRegistry(join(home, 'models.json'), () => undefined);
  const classes = new TenantClasses(database);
  const door = createModelDoor({ registry, budgets, meter, tenantClass: (context) => classes.of(context) });
  const request = {
    task: 'answer',
    feature: 'bench',
    maxOutputTokens: 200,
    messages: [
      { role: 'system' as const, content: SYSTEM },
      { role: 'user' as const, content: QUESTION },
    ],
  };
  const whole: Call = async () => {
    const from = performance.now();
    await door.generate(tenant, request);
    return performance.now() - from;
  };
  const streamed: Call = async () => {
    const from = performance.now();
    let first: number | null = null;
    for await (const _ of door.stream(tenant, request).text) first ??= performance.now() - from;
    return first ?? Number.NaN;
  };
  const close = async (): Promise<void> => {
    await door.close();
    await budgets.close();
    await meter.close();
    await database.close();
    await rm(home, { recursive: true, force: true });
  };
  return { calls: [whole, streamed], close };
}

/** One limit that every call counts against and none reaches. */
const BUDGETS = [{ name: 'all', per: 'tenant', window: 'day', max: { tokens: 1e12, costUsd: 1_000_000, calls: 1e9 } }];

/** Three models that may do it, so that there is something to choose. */
function registryOf(url: string): object {
  const price = { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.4 };
  const model = { provider: 'here', private: false, contextTokens: 100_000, price, limits: { concurrent: 1_000 } };
  return {
    providers: { here: { kind: 'openai-compatible', url } },
    models: {
      [MODEL]: { ...model, model: MODEL },
      second: { ...model, model: 'second', level: 4 },
      third: { ...model, model: 'third', level: 2 },
    },
    tasks: { answer: { models: [MODEL] } },
  };
}

import { z } from 'zod';
import type { TenantContext } from '../../base/index.ts';
import { createModelDoor, type ModelDoor } from '../door/create-model-door.ts';
import type { CallReport } from '../door/request.ts';
import type { ModelEntry, ModelRegistry } from '../registry/registry.ts';

/** What a few small calls of a declared model showed. They are real calls and may be billed; they are not metered here. */
export interface DeclaredModelReport {
  readonly id: string;
  readonly provider: string;
  readonly kind: ModelEntry['kind'];
  /** Until the first token of a streamed reply; null for models that do not write. */
  readonly firstTokenMs: number | null;
  /** The slowest of the calls. */
  readonly latencyMs: number;
  /** Of all calls. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costNanoUsd: bigint;
  /** Whether the provider did not say what a reply used. */
  readonly estimated: boolean;
  /** What it did, a sentence. */
  readonly showed: string;
}

const WRITES = 'Reply with the one word: ready';
const asking = { task: 'test', feature: 'models-test', dataClass: 'public', deadlineMs: 60_000 } as const;
const nobody: TenantContext = { tenantId: 'none', principalId: 'models-test', groups: [], requestId: 'models-test' };

/**
 * Calls a declared model: a streamed reply and a small object, two texts to embed, or three documents to put in order.
 * @throws PlumblineError what the call failed with
 */
export async function tryDeclaredModel(
  registry: ModelRegistry,
  model: ModelEntry,
  options: { readonly signal?: AbortSignal } = {},
): Promise<DeclaredModelReport> {
  const door = createModelDoor({ registry });
  const call = { ...asking, model: model.id, ...options };
  try {
    switch (model.kind) {
      case 'language':
        return await tryLanguage(door, model, call);
      case 'embedding': {
        const reply = await door.embed(nobody, { ...call, texts: [WRITES, 'A blue whale feeds on krill.'] });
        return report(model, [reply], `Vectors of ${reply.vectors[0]?.length ?? 0} numbers.`);
      }
      case 'rerank': {
        const documents = ['Rent is due monthly.', 'Blue whales feed on krill.', 'The office is closed.'];
        const reply = await door.rerank(nobody, { ...call, query: 'What do blue whales eat?', documents });
        const plausible = reply.ranking[0]?.index === 1;
        return report(model, [reply], plausible ? 'The right document came first.' : 'A wrong document came first.');
      }
    }
  } finally {
    await door.close();
  }
}

async function tryLanguage(
  door: ModelDoor,
  model: ModelEntry,
  call: typeof asking & { readonly model: string; readonly signal?: AbortSignal },
): Promise<DeclaredModelReport> {
  const messages = [{ role: 'user', content: WRITES }] as const;
  const startedAt = performance.now();
  const streamed = door.stream(nobody, { ...call, messages });
  let firstTokenMs: number | null = null;
  for await (const _ of streamed.text) firstTokenMs ??= performance.now() - startedAt;
  const fitted = await door.object(nobody, { ...call, messages, schema: z.object({ ready: z.boolean() }) });
  const mended = fitted.repairs === 0 ? '' : ` after ${fitted.repairs} repairs`;
  const showed = `It streams, and writes objects that fit a schema${mended}.`;
  return { ...report(model, [await streamed.reply, fitted], showed), firstTokenMs };
}

function report(model: ModelEntry, replies: readonly CallReport[], showed: string): DeclaredModelReport {
  const sum = (of: 'inputTokens' | 'outputTokens'): number => replies.reduce((all, { usage }) => all + usage[of], 0);
  return {
    id: model.id,
    provider: model.provider.id,
    kind: model.kind,
    firstTokenMs: null,
    latencyMs: Math.max(...replies.map(({ latencyMs }) => latencyMs)),
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    costNanoUsd: replies.reduce((all, { usage }) => all + usage.costNanoUsd, 0n),
    estimated: replies.some(({ usage }) => usage.estimated),
    showed,
  };
}

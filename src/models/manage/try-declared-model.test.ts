import { afterEach, expect, test } from 'vitest';
import { failureOf, TestDoors } from '../door/door-for-tests.ts';
import { buildRegistry } from '../registry/load-registry.ts';
import type { ModelEntry, ModelRegistry } from '../registry/registry.ts';
import { tryDeclaredModel } from './try-declared-model.ts';

const doors = new TestDoors();

afterEach(() => doors.close());

function declare(url: string, kind: string): { registry: ModelRegistry; model: ModelEntry } {
  const price = { inputUsdPerMillion: 1 };
  const entry = {
    provider: 'p',
    model: 'm',
    kind,
    private: false,
    contextTokens: 10_000,
    price,
    capabilities: ['tools'],
  };
  const file = { providers: { p: { kind: 'openai-compatible', url } }, models: { one: entry } };
  const registry = buildRegistry(file, { file: 'models.json', key: () => undefined });
  return { registry, model: registry.models[0] as ModelEntry };
}

test.each([
  ['language', 'It streams, and writes objects that fit a schema.'],
  ['embedding', 'Vectors of 4 numbers.'],
  ['rerank', 'The right document came first.'],
])('tries a declared %s model', async (kind, showed) => {
  const at = await doors.provider();
  const { registry, model } = declare(at.url, kind);
  const report = await tryDeclaredModel(registry, model);
  expect(report).toMatchObject({ id: 'one', provider: 'p', kind, showed, estimated: false });
  expect(report.firstTokenMs === null).toBe(kind !== 'language');
  expect(report.costNanoUsd).toBeGreaterThan(0n);
  expect(at.log).toHaveLength(kind === 'language' ? 2 : 1);
});

test('says why it failed', async () => {
  const at = await doors.provider({ fault: () => ({ kind: 'status', status: 401 }) });
  const { registry, model } = declare(at.url, 'language');
  expect(await failureOf(tryDeclaredModel(registry, model))).toMatchObject({ code: 'model.exhausted' });
});

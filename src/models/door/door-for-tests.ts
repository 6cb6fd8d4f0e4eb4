import { EVERYONE, type TenantContext } from '../../base/index.ts';
import { buildRegistry } from '../registry/load-registry.ts';
import type { ProviderKind } from '../registry/registry.ts';
import { startTestProvider, type TestProvider, type TestProviderOptions } from '../test-provider/test-provider.ts';
import { createModelDoor, type ModelDoor } from './create-model-door.ts';
import type { Budgets, CallRecord } from './ports.ts';

/** Whoever calls. */
export const context: TenantContext = { tenantId: 't', principalId: 'p', groups: [EVERYONE], requestId: 'r' };

/** A model at a test provider. */
export interface TestModel {
  readonly at: TestProvider;
  readonly kind?: ProviderKind;
  readonly does?: 'language' | 'embedding' | 'rerank';
  readonly private?: boolean;
  readonly capabilities?: readonly string[];
  readonly limits?: object;
}

/** A door, what it recorded, and how many reservations it holds. */
export interface TestDoor {
  readonly door: ModelDoor;
  readonly records: CallRecord[];
  held(): number;
}

/** Providers and doors of one test file, closed together. */
export class TestDoors {
  readonly #closers: (() => Promise<void>)[] = [];

  async provider(options: TestProviderOptions = {}): Promise<TestProvider> {
    const started = await startTestProvider(options);
    this.#closers.push(() => started.close());
    return started;
  }

  /** A door to the models given, tried in that order. @param privacy as in a registry file */
  open(models: Readonly<Record<string, TestModel>>, privacy: object = {}): TestDoor {
    const records: CallRecord[] = [];
    let held = 0;
    const budgets: Budgets = {
      reserve: async () => {
        held++;
        let open = true;
        const end = (): void => {
          if (open) held--;
          open = false;
        };
        return { settle: end, release: end };
      },
    };
    const file = { ...registryFile(models), privacy };
    const registry = buildRegistry(file, { file: 'models.json', key: () => undefined });
    const door = createModelDoor({ registry, budgets, meter: { record: (one) => records.push(one) }, random: () => 0 });
    this.#closers.push(() => door.close());
    return { door, records, held: () => held };
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}

function registryFile(models: Readonly<Record<string, TestModel>>): object {
  const entries = Object.entries(models);
  const price = {
    inputUsdPerMillion: '0.123456789',
    outputUsdPerMillion: 10.000000001,
    cachedInputUsdPerMillion: 0.01,
    cacheWriteUsdPerMillion: '0.154320987',
  };
  return {
    providers: Object.fromEntries(
      entries.map(([id, { at, kind }]) => [id, { kind: kind ?? 'openai-compatible', url: at.url }]),
    ),
    models: Object.fromEntries(
      entries.map(([id, { limits, capabilities, does, ...one }]) => [
        id,
        {
          provider: id,
          model: id,
          private: one.private === true,
          contextTokens: 100_000,
          price,
          ...(limits && { limits }),
          ...(capabilities && { capabilities }),
          ...(does && { kind: does }),
        },
      ]),
    ),
    tasks: { answer: { models: entries.map(([id]) => id) } },
  };
}

/** What a promise rejects with; `answered` when it does not. */
export const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    (error: unknown) => error,
  );

/** Waits for something another process or socket brings about; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

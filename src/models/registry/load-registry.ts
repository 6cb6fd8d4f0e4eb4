import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { RegistryInvalid } from './errors.ts';
import type { ModelEntry, ModelKind, ModelRegistry, ProviderEntry, ProviderKind, TaskRule } from './registry.ts';
import { type RegistryFile, registrySchema } from './schema.ts';

/**
 * Reads the declared models; a file that does not exist declares none.
 * @param file absolute path of a JSON file
 * @param key reads the environment variables that the file names
 * @throws RegistryInvalid naming the place in the file, what was given, what is allowed
 */
export function loadRegistry(file: string, key: (variable: string) => string | undefined): ModelRegistry {
  return existsSync(file) ? buildRegistry(readJson(file), { file, key }) : emptyRegistry;
}

/** A registry without models. */
const emptyRegistry: ModelRegistry = {
  file: null,
  models: [],
  tasks: new Map(),
  privacy: { dataClass: 'internal', personalData: 'allow' },
};

/**
 * A registry from parsed JSON.
 * @throws RegistryInvalid
 */
export function buildRegistry(
  given: unknown,
  from: { readonly file: string; readonly key: (variable: string) => string | undefined },
): ModelRegistry {
  const parsed = registrySchema.safeParse(given);
  if (!parsed.success) throw new RegistryInvalid(from.file, parsed.error.issues.slice(0, 5).map(sentence).join(' '));
  const declared = parsed.data;
  const providers = new Map(
    Object.entries(declared.providers).map(([id, entry]) => [id, readProvider(id, entry, from)] as const),
  );
  const models = Object.entries(declared.models).map(([id, entry]): ModelEntry => {
    const provider = providers.get(entry.provider);
    if (provider !== undefined) {
      checkKind(from.file, { id, kind: entry.kind, at: provider.kind });
      return readModel(id, entry, provider);
    }
    const known = [...providers.keys()].join(', ') || 'none';
    throw new RegistryInvalid(
      from.file,
      `models.${id}.provider is "${entry.provider}"; the file's providers are: ${known}.`,
    );
  });
  const registry: ModelRegistry = {
    file: from.file,
    models,
    tasks: new Map(Object.entries(declared.tasks).map(([id, rule]) => [id, readTask(rule)])),
    privacy: declared.privacy,
  };
  checkNames(registry);
  return registry;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new RegistryInvalid(file, `It is not JSON that can be read: ${String(error)}.`, error);
  }
}

/** One finding of the shape check as a sentence: where and what is allowed, never the value, which may be a key. */
function sentence(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.') || 'The file'}: ${issue.message.replace(/\.$/, '')}.`;
}

function readProvider(
  id: string,
  entry: RegistryFile['providers'][string],
  from: { readonly file: string; readonly key: (variable: string) => string | undefined },
): ProviderEntry {
  const needs = { 'openai-compatible': 'url', bedrock: entry.url === undefined ? 'region' : null };
  const needed = needs[entry.kind as keyof typeof needs] ?? null;
  if (needed !== null && entry[needed as 'url' | 'region'] === undefined) {
    throw new RegistryInvalid(from.file, `providers.${id} is of kind ${entry.kind} and needs "${needed}".`);
  }
  if (entry.kind === 'azure' && entry.url === undefined && entry.resource === undefined) {
    throw new RegistryInvalid(from.file, `providers.${id} is of kind azure and needs "resource" or "url".`);
  }
  const read = (variable: string | undefined): string | null =>
    (variable === undefined ? undefined : from.key(variable)) || null;
  const named = [entry.keyFrom, entry.accessKeyFrom, entry.secretKeyFrom, entry.sessionTokenFrom];
  const accessKeyId = read(entry.accessKeyFrom);
  const secretAccessKey = read(entry.secretKeyFrom);
  return {
    id,
    kind: entry.kind,
    url: entry.url ?? null,
    key: read(entry.keyFrom),
    region: entry.region ?? null,
    resource: entry.resource ?? null,
    signing:
      accessKeyId === null || secretAccessKey === null
        ? null
        : { accessKeyId, secretAccessKey, sessionToken: read(entry.sessionTokenFrom) },
    missingKeys: named.filter((variable) => variable !== undefined && read(variable) === null) as string[],
  };
}

function readModel(id: string, entry: RegistryFile['models'][string], provider: ProviderEntry): ModelEntry {
  const { inputUsdPerMillion: input, outputUsdPerMillion: output, ...cache } = entry.price;
  return {
    ...entry,
    id,
    provider,
    price: {
      inputNanoUsdPerMillion: input,
      outputNanoUsdPerMillion: output,
      cachedInputNanoUsdPerMillion: cache.cachedInputUsdPerMillion ?? input,
      cacheWriteNanoUsdPerMillion: cache.cacheWriteUsdPerMillion ?? input,
    },
    limits: {
      ...entry.limits,
      requestsPerMinute: entry.limits.requestsPerMinute ?? null,
      tokensPerMinute: entry.limits.tokensPerMinute ?? null,
    },
  };
}

function readTask(rule: RegistryFile['tasks'][string]): TaskRule {
  return {
    prefer: rule.prefer ?? null,
    minimumLevel: rule.minimumLevel ?? null,
    models: rule.models ?? null,
    dataClass: rule.dataClass ?? null,
  };
}

/** Kinds of models that are spoken to at each kind of provider. */
const kindsAt: Readonly<Record<ProviderKind, readonly ModelKind[]>> = {
  openai: ['language', 'embedding'],
  azure: ['language', 'embedding'],
  google: ['language', 'embedding'],
  bedrock: ['language', 'embedding', 'rerank'],
  anthropic: ['language'],
  'openai-compatible': ['language', 'embedding', 'rerank'],
};

function checkKind(
  file: string,
  of: { readonly id: string; readonly kind: ModelKind; readonly at: ProviderKind },
): void {
  const known = kindsAt[of.at];
  if (known.includes(of.kind)) return;
  const problem = `models.${of.id}.kind is "${of.kind}"; of a provider of kind ${of.at} it may be: ${known.join(', ')}.`;
  throw new RegistryInvalid(file, problem);
}

/** Names that point nowhere are mistakes. */
function checkNames(registry: ModelRegistry): void {
  const models = new Set(registry.models.map(({ id }) => id));
  for (const [task, rule] of registry.tasks) {
    const unknown = rule.models?.find((id) => !models.has(id));
    if (unknown !== undefined) {
      const problem = `tasks.${task}.models names "${unknown}", which "models" does not declare.`;
      throw new RegistryInvalid(registry.file ?? '', problem);
    }
  }
}

import { z } from 'zod';
import { dataClasses, personalDataTypes, privacyActions } from '../../guard/index.ts';
import { nanoUsdOf } from '../metering/money.ts';
import { capabilities, modelKinds, preferences, providerKinds } from './registry.ts';

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/, 'a name of up to 100 letters, digits and . _ : / -');
const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the name of an environment variable, never a key itself');
/** Beyond it a price does not fit the database's columns. */
const MOST_NANO_USD = 10n ** 18n;
const usd = z.union([z.string(), z.number()]).transform((given, context) => {
  try {
    const nano = nanoUsdOf(given);
    if (nano < MOST_NANO_USD) return nano;
  } catch {
    // Said below, without the value.
  }
  context.addIssue({ code: 'custom', message: 'dollars ≥ 0 with at most nine decimals, for example 0.15' });
  return z.NEVER;
});
const tokens = z.number().int().min(1).max(100_000_000);
const level = z.number().int().min(1).max(5);

const provider = z.strictObject({
  kind: z.enum(providerKinds),
  url: z.url({ protocol: /^https?$/ }).optional(),
  keyFrom: variable.optional(),
  region: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  resource: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,63}$/)
    .optional(),
  accessKeyFrom: variable.optional(),
  secretKeyFrom: variable.optional(),
  sessionTokenFrom: variable.optional(),
});

const price = z.strictObject({
  inputUsdPerMillion: usd,
  outputUsdPerMillion: usd.default(0n),
  cachedInputUsdPerMillion: usd.optional(),
  cacheWriteUsdPerMillion: usd.optional(),
});

const limits = z.strictObject({
  requestsPerMinute: z.number().int().min(1).optional(),
  tokensPerMinute: z.number().int().min(1).optional(),
  concurrent: z.number().int().min(1).max(10_000).default(64),
  attemptTimeoutMs: z.number().int().min(10).max(3_600_000).default(60_000),
  stallMs: z.number().int().min(10).max(3_600_000).default(20_000),
  attempts: z.number().int().min(1).max(10).default(3),
});

const model = z.strictObject({
  provider: name,
  model: z.string().min(1).max(300),
  kind: z.enum(modelKinds).default('language'),
  capabilities: z.array(z.enum(capabilities)).default([]),
  level: level.default(3),
  typicalMs: z.number().int().min(1).max(3_600_000).default(1_000),
  private: z.boolean(),
  contextTokens: tokens,
  maxOutputTokens: tokens.default(4_096),
  price,
  limits: limits.prefault({}),
});

const task = z.strictObject({
  prefer: z.enum(preferences).optional(),
  minimumLevel: level.optional(),
  models: z.array(name).min(1).optional(),
  dataClass: z.enum(dataClasses).optional(),
});

const privacy = z.strictObject({
  dataClass: z.enum(dataClasses).default('internal'),
  personalData: z.enum(privacyActions).default('allow'),
  byType: z.partialRecord(z.enum(personalDataTypes), z.enum(privacyActions)).default({}),
});

/** The shape of a registry file. Unknown keys are mistakes. */
export const registrySchema = z.strictObject({
  $schema: z.string().optional(),
  providers: z.record(name, provider),
  models: z.record(name, model),
  tasks: z.record(name, task).default({}),
  privacy: privacy.prefault({}),
});

/** A registry file after its shape was checked. */
export type RegistryFile = z.output<typeof registrySchema>;

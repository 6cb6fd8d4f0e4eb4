import type { DataClass, PrivacyPolicy } from '../../guard/index.ts';
import type { UnitPrice } from '../door/ports.ts';

/** How to reach one provider. Keys are values read from the environment, never from the file. */
export interface ProviderEntry {
  readonly id: string;
  readonly kind: ProviderKind;
  /** Base address; null: the provider's own. */
  readonly url: string | null;
  readonly key: string | null;
  /** Amazon Bedrock's region. */
  readonly region: string | null;
  /** Azure's resource name. */
  readonly resource: string | null;
  /** Signing keys of Amazon Bedrock, instead of `key`. */
  readonly signing: SigningKeys | null;
  /** Names of environment variables that the file names and that are not set. */
  readonly missingKeys: readonly string[];
}

/** Amazon's request signing (SigV4). */
export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

/** Providers by the way they are spoken to. */
export const providerKinds = ['openai', 'anthropic', 'google', 'bedrock', 'azure', 'openai-compatible'] as const;
/** One of {@link providerKinds}. */
export type ProviderKind = (typeof providerKinds)[number];

/** What a model is for. */
export const modelKinds = ['language', 'embedding', 'rerank'] as const;
/** One of {@link modelKinds}. */
export type ModelKind = (typeof modelKinds)[number];

/** What a language model can do beside text in, text out. */
export const capabilities = ['tools', 'json-schema'] as const;
/** One of {@link capabilities}. */
export type Capability = (typeof capabilities)[number];

/** One model that calls may be sent to. */
export interface ModelEntry {
  /** Its name in the registry, in routes, records and bills. */
  readonly id: string;
  readonly provider: ProviderEntry;
  /** Its name at the provider. */
  readonly model: string;
  readonly kind: ModelKind;
  readonly capabilities: readonly Capability[];
  /** 1 (small) … 5 (best there is), as the operator judges. */
  readonly level: number;
  /** Typical time to the first token, ms, until measurements exist. */
  readonly typicalMs: number;
  /** Whether data that must not leave may be sent to it. */
  readonly private: boolean;
  /** Tokens of prompt and reply together. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly price: UnitPrice;
  readonly limits: ModelLimits;
}

/** What the provider and the operator allow. */
export interface ModelLimits {
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  /** Calls in flight at once. */
  readonly concurrent: number;
  /** One attempt: until the whole reply, or of a stream until its first token. */
  readonly attemptTimeoutMs: number;
  /** The longest wait for the next part of a stream after its first token. */
  readonly stallMs: number;
  /** Attempts on this model per call, ≥ 1. */
  readonly attempts: number;
}

/** What a task prefers among the models that can do it. */
export const preferences = ['cost', 'latency', 'quality'] as const;
/** One of {@link preferences}. */
export type Preference = (typeof preferences)[number];

/** What the operator wants for one task, over the defaults. */
export interface TaskRule {
  readonly prefer: Preference | null;
  /** Only models of this level and above for a normal task. */
  readonly minimumLevel: number | null;
  /** These first, in this order, then the others; null: no order. */
  readonly models: readonly string[] | null;
  /** The class of this task's data when a request says none. */
  readonly dataClass: DataClass | null;
}

/** The declared models: one file, read once. */
export interface ModelRegistry {
  /** Absolute path; null: there is no file and no model. */
  readonly file: string | null;
  readonly models: readonly ModelEntry[];
  readonly tasks: ReadonlyMap<string, TaskRule>;
  /** What the guard does with personal data it finds; `dataClass` is that of requests and tasks that say none. */
  readonly privacy: PrivacyPolicy;
}

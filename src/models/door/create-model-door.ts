import { type Clock, type NewId, newId, systemClock, type TenantContext } from '../../base/index.ts';
import type { DataClass } from '../../guard/index.ts';
import { type Recording, withRecording } from '../record/recording.ts';
import { openConnections } from '../providers/connections.ts';
import { ProviderSet } from '../providers/provider-set.ts';
import type { ModelEntry, ModelRegistry } from '../registry/registry.ts';
import { Lane } from '../resilience/lane.ts';
import { kindOf } from '../routing/task-defaults.ts';
import { route, type Route } from '../routing/route.ts';
import { generate } from './generate.ts';
import type { Budgets, Meter, ReplyCache } from './ports.ts';
import { policyFor } from './prepare.ts';
import { object } from './object.ts';
import type {
  CallBasics,
  EmbedReply,
  EmbedRequest,
  ModelReply,
  ModelRequest,
  ModelStream,
  ObjectReply,
  ObjectRequest,
  RerankReply,
  RerankRequest,
} from './request.ts';
import type { DoorServices } from './services.ts';
import { stream } from './stream.ts';
import { embed, rerank } from './vectors.ts';

/** What a door is made of; what is left out is unlimited, unmetered, uncached. */
export interface ModelDoorParts {
  readonly registry: ModelRegistry;
  readonly budgets?: Budgets;
  readonly meter?: Meter;
  readonly cache?: ReplyCache;
  /** What the caller's organisation declares all its material to be. Default: nothing. */
  readonly tenantClass?: (context: TenantContext) => Promise<DataClass | null>;
  /** For developers: what providers said is written down, or read instead of asking them. */
  readonly recording?: Recording | null;
  readonly clock?: Clock;
  readonly newId?: NewId;
  /** 0 … 1, exclusive: jitter. */
  readonly random?: () => number;
}

/** What can be asked of models. */
export interface ModelCalls {
  /** Whether any declared model does the task; false without a registry. */
  has(task: string): boolean;
  /**
   * One whole reply.
   * @throws PlumblineError `model.none`, `model.exhausted`, `model.deadline-exceeded`, `budget.exceeded`,
   *   `privacy.blocked`, `operation.aborted`
   */
  generate(context: TenantContext, request: ModelRequest): Promise<ModelReply>;
  /**
   * One reply as it comes. Nothing is sent before the first read; a model that fails before its first token is replaced by
   * the next, after it the failure is thrown. Leaving the loop stops the model.
   * Reading throws what `generate` throws, and `model.interrupted`, `model.timed-out`, … after the first token.
   */
  stream(context: TenantContext, request: ModelRequest): ModelStream;
  /**
   * An object that fits a zod schema.
   * @throws PlumblineError what `generate` throws, and `model.object-invalid` when the model could not mend it
   */
  object<T>(context: TenantContext, request: ObjectRequest<T>): Promise<ObjectReply<T>>;
  /**
   * Texts as vectors, by a declared embedding model.
   * @throws PlumblineError what `generate` throws
   */
  embed(context: TenantContext, request: EmbedRequest): Promise<EmbedReply>;
  /**
   * Documents in the order of how well they answer a query, by a declared rerank model.
   * @throws PlumblineError what `generate` throws
   */
  rerank(context: TenantContext, request: RerankRequest): Promise<RerankReply>;
  /** Which models a call would be sent to now, in order, and why; sends nothing. */
  explain(query: ExplainQuery): Route;
}

/** The one door to language models. */
export interface ModelDoor extends ModelCalls {
  /** Ends the connections; calls in flight fail. */
  close(): Promise<void>;
}

/** A call to be explained. */
export interface ExplainQuery extends Pick<CallBasics, 'task' | 'difficulty' | 'dataClass'> {
  /** Tokens of the prompt. Default: 1,000. */
  readonly inputTokens?: number;
}

/** Connections to one provider's address at most. */
const CONNECTIONS_PER_ORIGIN = 128;
const EXPLAINED_TOKENS = 1_000;

/** Opens the door: no model is called and no SDK loaded before the first call. */
export function createModelDoor(parts: ModelDoorParts): ModelDoor {
  const { registry } = parts;
  const connections = openConnections(CONNECTIONS_PER_ORIGIN);
  const laneServices = { clock: parts.clock ?? systemClock, random: parts.random ?? Math.random };
  const lanes = new Map(registry.models.map((model) => [model, new Lane(model, laneServices)] as const));
  const laneOf = (model: ModelEntry): Lane => lanes.get(model) as Lane;
  const services: DoorServices = {
    registry,
    providers: new ProviderSet(withRecording(connections.fetch, parts.recording ?? null, secretsOf(registry))),
    budgets: parts.budgets ?? noBudgets,
    meter: parts.meter ?? { record: () => undefined },
    cache: parts.cache ?? null,
    tenantClass: parts.tenantClass ?? (() => Promise.resolve(null)),
    clock: laneServices.clock,
    newId: parts.newId ?? newId,
    laneOf,
  };
  return {
    has: (task) => registry.models.some(({ kind }) => kind === kindOf(task)),
    generate: (context, request) => generate(services, context, request),
    stream: (context, request) => stream(services, context, request),
    object: (context, request) => object(services, context, request),
    embed: (context, request) => embed(services, context, request),
    rerank: (context, request) => rerank(services, context, request),
    explain: (query) => explain(services, query),
    close: () => connections.close(),
  };
}

function secretsOf({ models }: ModelRegistry): string[] {
  const values = [...new Set(models.map(({ provider }) => provider))].flatMap(({ key, signing }) => [
    key,
    signing?.accessKeyId,
    signing?.secretAccessKey,
    signing?.sessionToken,
  ]);
  return values.filter((value) => typeof value === 'string');
}

const noBudgets: Budgets = {
  reserve: async () => ({ settle: () => undefined, release: () => undefined }),
};

function explain(services: DoorServices, query: ExplainQuery): Route {
  const asked = {
    task: query.task,
    difficulty: query.difficulty ?? 'normal',
    privateOnly: policyFor(services.registry, query, null).dataClass === 'private',
    capabilities: [],
    structured: false,
    inputTokens: query.inputTokens ?? EXPLAINED_TOKENS,
    contextTokens: null,
    outputTokens: null,
    model: null,
  };
  const models = new Map(services.registry.models.map((model) => [model.id, model]));
  return route(services.registry, asked, (id) => services.laneOf(models.get(id) as ModelEntry).health());
}

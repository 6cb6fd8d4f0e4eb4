import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { TenantContext } from '../../base/index.ts';
import {
  applyPrivacy,
  type DataClass,
  type PrivacyPolicy,
  type Pseudonyms,
  type ScreenedSpan,
  strictestDataClass,
} from '../../guard/index.ts';
import type { Capability, ModelRegistry } from '../registry/registry.ts';
import { untilAborted } from '../resilience/abortable-wait.ts';
import { route, type Route, type RouteQuery } from '../routing/route.ts';
import { estimatePromptTokens, estimateTokensOf } from './accounting.ts';
import { type CallEnd, callEnd } from './deadline.ts';
import { NoModelForTask } from './errors.ts';
import type { CallBasics, ModelMessage } from './request.ts';
import type { DoorServices } from './services.ts';

const DEFAULT_DEADLINE_MS = 60_000;

/** A call that may be sent: screened, routed, with its end. */
export interface PreparedCall {
  readonly callId: string;
  readonly context: TenantContext;
  readonly basics: CallBasics;
  readonly prompt: LanguageModelV4Prompt;
  readonly pseudonyms: Pseudonyms;
  /** Personal data that was found and not simply allowed: places and kinds, no values. */
  readonly spans: readonly ScreenedSpan[];
  readonly query: RouteQuery;
  readonly route: Route;
  readonly end: CallEnd;
  /** When it began: milliseconds since 1970, and by `performance.now()`. */
  readonly at: number;
  readonly startedAt: number;
}

/** What the route has to know beside the basics. */
export interface Needs {
  readonly messages: readonly ModelMessage[];
  readonly capabilities: readonly Capability[];
  readonly structured: boolean;
  readonly outputTokens: number | null;
  readonly cachePrompt: boolean;
  /** Tools or a schema that go with the prompt and count as input. */
  readonly beside?: unknown;
  /** Tokens that have to fit the context, where that is not the whole prompt: texts to be embedded do not meet. */
  readonly contextTokens?: (prompt: LanguageModelV4Prompt) => number;
}

/**
 * Screens the prompt, then chooses the models that may get it.
 * @throws PlumblineError `privacy.blocked`, `model.none`, `model.deadline-exceeded`, `operation.aborted`; whoever gets a
 *   prepared call has to dispose its `end`
 */
export async function prepareCall(
  services: DoorServices,
  given: { readonly context: TenantContext; readonly basics: CallBasics; readonly needs: Needs },
): Promise<PreparedCall> {
  const { context, basics, needs } = given;
  const end = callEnd(basics.task, basics.deadlineMs ?? DEFAULT_DEADLINE_MS, basics.signal);
  const started = { at: services.clock(), startedAt: performance.now() };
  try {
    const ofTenant = await untilAborted(services.tenantClass(context), end.signal);
    const policy = policyFor(services.registry, basics, ofTenant);
    const messages = needs.messages.map(withParts);
    const screening = applyPrivacy(messages, policy, { signal: end.signal });
    const screened = await untilAborted(screening, end.signal);
    const prompt = needs.cachePrompt ? markForCaching(screened.messages) : [...screened.messages];
    const query: RouteQuery = {
      task: basics.task,
      difficulty: basics.difficulty ?? 'normal',
      privateOnly: screened.privateOnly,
      capabilities: needs.capabilities,
      structured: needs.structured,
      inputTokens: estimatePromptTokens(prompt) + estimateTokensOf(needs.beside),
      contextTokens: needs.contextTokens?.(prompt) ?? null,
      outputTokens: needs.outputTokens,
      model: basics.model ?? null,
    };
    const decided = route(services.registry, query, (id) => healthOf(services, id));
    if (decided.candidates.length === 0) throw new NoModelForTask(basics.task, decided.excluded);
    const { pseudonyms, spans } = screened;
    const made = { callId: services.newId(), context, basics, prompt, pseudonyms, spans };
    return { ...made, query, route: decided, end, ...started };
  } catch (error) {
    end.dispose();
    throw error;
  }
}

/** The declared class decides: the strictest of what the registry, the organisation, the task and the request say. */
export function policyFor(
  registry: ModelRegistry,
  basics: Pick<CallBasics, 'task' | 'dataClass'>,
  ofTenant: DataClass | null,
): PrivacyPolicy {
  const ofTask = registry.tasks.get(basics.task)?.dataClass;
  const { privacy } = registry;
  return { ...privacy, dataClass: strictestDataClass([privacy.dataClass, ofTenant, ofTask, basics.dataClass]) };
}

function healthOf(services: DoorServices, id: string): ReturnType<ReturnType<DoorServices['laneOf']>['health']> {
  const model = services.registry.models.find((one) => one.id === id);
  return model === undefined ? { breaker: 'closed', latencyMs: null } : services.laneOf(model).health();
}

function withParts(message: ModelMessage): LanguageModelV4Message {
  if (typeof message.content !== 'string' || message.role === 'system') return message as LanguageModelV4Message;
  return { role: message.role, content: [{ type: 'text', text: message.content }] } as LanguageModelV4Message;
}

/** Marks the end of the part that stays the same between calls, for the providers that want it marked. */
function markForCaching(messages: readonly LanguageModelV4Message[]): LanguageModelV4Prompt {
  const last = messages.findLastIndex(({ role }) => role === 'system');
  const providerOptions = {
    anthropic: { cacheControl: { type: 'ephemeral' } },
    bedrock: { cachePoint: { type: 'default' } },
  };
  return messages.map((message, index) => (index === last ? { ...message, providerOptions } : message));
}

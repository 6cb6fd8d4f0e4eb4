import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { untilAborted } from '../resilience/abortable-wait.ts';
import type { Leg } from './leg.ts';
import type { CachedReply, CacheKey } from './ports.ts';
import type { PreparedCall } from './prepare.ts';
import type { CacheTerms } from './request.ts';
import type { DoorServices } from './services.ts';

/** What the cache knows of a call, and where its reply would be kept; both null when it is not used. */
export interface CacheLookup {
  readonly key: CacheKey | null;
  readonly kept: CachedReply | null;
}

const unused: CacheLookup = { key: null, kept: null };

/** Looks for a kept reply. @param terms what the request says of caching; undefined: do not look, do not keep */
export async function lookUp(
  { cache }: DoorServices,
  call: PreparedCall,
  given: {
    readonly leg: Leg;
    readonly options: LanguageModelV4CallOptions;
    readonly terms: CacheTerms | undefined;
  },
): Promise<CacheLookup> {
  if (given.terms === undefined || cache === null) return unused;
  const { prompt, ...parameters } = given.options;
  const { promptVersion, indexVersion, asOf, question, scope } = given.terms;
  const key: CacheKey = {
    task: call.basics.task,
    model: given.leg.model.id,
    parameters,
    prompt: JSON.stringify(prompt),
    promptVersion,
    indexVersion: indexVersion ?? null,
    asOf: asOf ?? null,
    // Two paraphrases may give one pseudonym to two persons.
    question: call.pseudonyms.size > 0 ? null : (question ?? null),
    scope: scope ?? null,
  };
  return { key, kept: await untilAborted(cache.get(call.context, key), call.end.signal) };
}

/** Keeps a whole reply. */
export function keep(
  services: DoorServices,
  call: PreparedCall,
  of: { key: CacheKey | null; text: string; leg: Leg },
): void {
  if (of.key === null) return;
  services.cache?.put(call.context, of.key, { text: of.text, usage: of.leg.usage, hit: 'exact' });
}

import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4GenerateResult } from '@ai-sdk/provider';
import { fromUnknown, type TenantContext } from '../../base/index.ts';
import { arrivedUsage } from './accounting.ts';
import { callModels, reportOf } from './call-models.ts';
import { ObjectInvalid } from './errors.ts';
import { fitObject } from './fit-object.ts';
import { floorReport, mayFallToFloor } from './floor.ts';
import { keep, lookUp } from './kept-reply.ts';
import type { Leg } from './leg.ts';
import { askForObject, askToMend, type Enforcement, enforcementOf } from './object-prompt.ts';
import { type ObjectSchema, objectSchemaOf } from './object-schema.ts';
import { ObjectListener } from './object-listener.ts';
import { openReply } from './open-reply.ts';
import { CollectedReply } from './collected-reply.ts';
import type { CachedReply } from './ports.ts';
import { type PreparedCall, prepareCall } from './prepare.ts';
import type { ObjectReply, ObjectRequest } from './request.ts';
import type { DoorServices } from './services.ts';

const DEFAULT_REPAIRS = 2;

/** A call for an object, on its way. */
interface Asking<T> {
  readonly services: DoorServices;
  readonly request: ObjectRequest<T>;
  readonly schema: ObjectSchema;
  readonly call: PreparedCall;
}

interface Made<T> {
  readonly object: T;
  readonly repairs: number;
  readonly hit: CachedReply['hit'] | null;
}

/**
 * An object that fits a schema: enforced by the provider or a tool where the model can, else asked for in words; read,
 * checked, and mended by the same model when it does not fit.
 * @throws PlumblineError see {@link prepareCall} and {@link callModels}; ObjectInvalid when mending did not help
 */
export async function object<T>(
  services: DoorServices,
  context: TenantContext,
  request: ObjectRequest<T>,
): Promise<ObjectReply<T>> {
  const startedAt = performance.now();
  try {
    const schema = objectSchemaOf(request.schema);
    const call = await prepareCall(services, { context, basics: request, needs: needsOf(request, schema) });
    try {
      return await answer({ services, request, schema, call });
    } finally {
      call.end.dispose();
    }
  } catch (thrown) {
    const failure = fromUnknown(thrown);
    if (request.floor === undefined || !mayFallToFloor(failure)) throw failure;
    const byRule = await request.floor(failure);
    return { ...floorReport(services.newId, failure, startedAt), object: byRule, repairs: 0 };
  }
}

function needsOf(request: ObjectRequest<unknown>, schema: ObjectSchema): Parameters<typeof prepareCall>[1]['needs'] {
  return {
    messages: request.messages,
    capabilities: [],
    structured: true,
    outputTokens: request.maxOutputTokens ?? null,
    cachePrompt: request.cachePrompt === true,
    beside: schema.json,
  };
}

async function answer<T>(asking: Asking<T>): Promise<ObjectReply<T>> {
  const { services, call } = asking;
  const answered = await callModels(services, call, (leg) => perform(asking, leg));
  const { object: made, repairs, hit } = answered.result;
  if (hit === null) answered.leg.finish('answered');
  else answered.leg.finish('cached', { cache: hit });
  return { ...reportOf(call, answered), ...(hit && { source: 'cache', cache: hit }), object: made, repairs };
}

async function perform<T>(asking: Asking<T>, leg: Leg): Promise<Made<T>> {
  const { services, call, request } = asking;
  const fitting = { schema: request.schema, wrapped: asking.schema.wrapped, pseudonyms: call.pseudonyms };
  const enforcement = enforcementOf(leg.model);
  let options = optionsOf(asking, leg, enforcement);
  const { key, kept } = await lookUp(services, call, { leg, options, terms: request.cache });
  const found = kept === null ? null : await fitObject(kept.text, fitting);
  if (kept !== null && found !== null && 'object' in found) return { object: found.object, repairs: 0, hit: kept.hit };
  const model = await leg.ready(services.providers.language(leg.model));
  for (let repairs = 0; ; repairs++) {
    await leg.reserve();
    const text = await write(asking, leg, { model, options, enforcement });
    const fit = await fitObject(text, fitting);
    if ('object' in fit) {
      keep(services, call, { key, text, leg });
      return { object: fit.object, repairs, hit: null };
    }
    if (repairs >= (request.repairs ?? DEFAULT_REPAIRS)) throw new ObjectInvalid(leg.model.id, fit.problems, repairs);
    options = { ...options, prompt: askToMend(options.prompt, { text, problems: fit.problems }) };
  }
}

function optionsOf<T>(
  { call, request, schema }: Asking<T>,
  leg: Leg,
  enforcement: Enforcement,
): LanguageModelV4CallOptions {
  return {
    ...askForObject(call.prompt, { enforcement, schema, name: request.name ?? 'reply' }),
    maxOutputTokens: leg.maxOutputTokens,
    ...(request.temperature !== undefined && { temperature: request.temperature }),
    ...(request.seed !== undefined && { seed: request.seed }),
  };
}

interface Writing {
  readonly model: LanguageModelV4;
  readonly options: LanguageModelV4CallOptions;
  readonly enforcement: Enforcement;
}

/** One reply, as text. */
async function write<T>(asking: Asking<T>, leg: Leg, writing: Writing): Promise<string> {
  if (asking.request.partials !== undefined) return writeAloud(asking, leg, writing);
  const { content } = await leg.send<LanguageModelV4GenerateResult>({
    attempt: async (signal) => writing.model.doGenerate({ ...writing.options, abortSignal: signal }),
    usageOf: ({ usage }) => arrivedUsage(leg.model.price, usage),
    outputOf: (reply) => JSON.stringify(reply.content),
  });
  const input = content.find((part) => part.type === 'tool-call')?.input;
  return input ?? content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The same, and tells what there is of the object while it comes. */
async function writeAloud<T>(asking: Asking<T>, leg: Leg, { model, options }: Writing): Promise<string> {
  const { call, request, schema } = asking;
  const { first, rest } = await openReply(leg, model, { options, end: call.end.signal });
  const collected = new CollectedReply();
  const listener = new ObjectListener(request.partials, { wrapped: schema.wrapped, pseudonyms: call.pseudonyms });
  try {
    const parts = first.values();
    for (let part = parts.next().value ?? null; part !== null; part = parts.next().value ?? (await rest.next())) {
      leg.saw(collected.take(part));
      listener.hear(collected.toolInput || collected.text);
    }
  } finally {
    rest.close();
  }
  leg.count(arrivedUsage(leg.model.price, collected.usage));
  return collected.toolInput || collected.text;
}

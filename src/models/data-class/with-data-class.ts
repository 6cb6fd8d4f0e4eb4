import { type DataClass, strictestDataClass } from '../../guard/index.ts';
import type { ModelCalls } from '../door/create-model-door.ts';
import type { CallBasics } from '../door/request.ts';

/**
 * The models for material of a declared class: every call is of that class at least, whatever it says of itself.
 */
export function withDataClass(door: ModelCalls, declared: DataClass): ModelCalls {
  const strict = <T extends Pick<CallBasics, 'dataClass'>>(request: T): T => ({
    ...request,
    dataClass: strictestDataClass([declared, request.dataClass]),
  });
  return {
    has: (task) => door.has(task),
    generate: (context, request) => door.generate(context, strict(request)),
    stream: (context, request) => door.stream(context, strict(request)),
    object: (context, request) => door.object(context, strict(request)),
    embed: (context, request) => door.embed(context, strict(request)),
    rerank: (context, request) => door.rerank(context, strict(request)),
    explain: (query) => door.explain(strict(query)),
  };
}

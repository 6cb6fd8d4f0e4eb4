import type { LanguageModelV4CallOptions, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { ModelEntry } from '../registry/registry.ts';
import type { ObjectSchema } from './object-schema.ts';

/** How a model is held to a schema: by its provider, by a tool it has to call, or by words. */
export type Enforcement = 'schema' | 'tool' | 'words';

/** The strictest that the model declares. */
export function enforcementOf({ capabilities }: ModelEntry): Enforcement {
  if (capabilities.includes('json-schema')) return 'schema';
  return capabilities.includes('tools') ? 'tool' : 'words';
}

/** The part of a request that asks for the object. */
export function askForObject(
  prompt: LanguageModelV4Prompt,
  by: { readonly enforcement: Enforcement; readonly schema: ObjectSchema; readonly name: string },
): Partial<LanguageModelV4CallOptions> & { prompt: LanguageModelV4Prompt } {
  const { json, strict } = by.schema;
  switch (by.enforcement) {
    case 'schema': {
      const strictness = { strictJsonSchema: strict };
      return {
        prompt,
        responseFormat: { type: 'json', schema: json, name: by.name },
        ...(!strict && { providerOptions: { openai: strictness, azure: strictness, openaiCompatible: strictness } }),
      };
    }
    case 'tool':
      return {
        prompt,
        tools: [{ type: 'function', name: by.name, description: 'Gives the reply.', inputSchema: json }],
        toolChoice: { type: 'tool', toolName: by.name },
      };
    case 'words':
      return { prompt: withInstruction(prompt, by.schema) };
  }
}

/** Behind the other system messages: what comes first decides what a provider's prompt cache can use. */
function withInstruction(prompt: LanguageModelV4Prompt, { json }: ObjectSchema): LanguageModelV4Prompt {
  const content = `Reply with one JSON object and nothing else. It has to fit this JSON schema:\n${JSON.stringify(json)}`;
  const systems = prompt.findIndex(({ role }) => role !== 'system');
  const at = systems < 0 ? prompt.length : systems;
  return [...prompt.slice(0, at), { role: 'system', content }, ...prompt.slice(at)];
}

/** Of a reply that does not fit, at most so much is shown to the model again. */
const MOST_SHOWN = 20_000;

/** The prompt again, with the reply that does not fit and what is wrong with it. */
export function askToMend(
  prompt: LanguageModelV4Prompt,
  failed: { readonly text: string; readonly problems: readonly string[] },
): LanguageModelV4Prompt {
  const complaint =
    'That reply does not fit the schema:\n' +
    failed.problems.map((problem) => `- ${problem}`).join('\n') +
    '\nGive the whole object again, mended, and nothing else.';
  return [
    ...prompt,
    { role: 'assistant', content: [{ type: 'text', text: failed.text.slice(0, MOST_SHOWN) || '(nothing)' }] },
    { role: 'user', content: [{ type: 'text', text: complaint }] },
  ];
}

import type { LanguageModelV4CallOptions, LanguageModelV4Content, LanguageModelV4FinishReason } from '@ai-sdk/provider';
import type { Pseudonyms } from '../../guard/index.ts';
import type { Leg } from './leg.ts';
import type { PreparedCall } from './prepare.ts';
import type { FinishReason, ModelRequest, ToolCall } from './request.ts';

/** A request as the provider's SDK takes it, but for the signal. */
export function callOptions(call: PreparedCall, request: ModelRequest, leg: Leg): LanguageModelV4CallOptions {
  const tools = request.tools?.map((tool) => ({ ...tool, type: 'function' as const }));
  return {
    prompt: call.prompt,
    maxOutputTokens: leg.maxOutputTokens,
    ...(request.temperature !== undefined && { temperature: request.temperature }),
    ...(request.stop && { stopSequences: [...request.stop] }),
    ...(request.seed !== undefined && { seed: request.seed }),
    ...(tools && { tools }),
    ...(request.toolChoice && { toolChoice: request.toolChoice }),
  };
}

/** Text and tool calls of a reply, as the provider sent them. */
export function readContent(content: readonly LanguageModelV4Content[]): {
  readonly text: string;
  readonly toolCalls: ToolCall[];
} {
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const toolCalls = content.flatMap((part) =>
    part.type === 'tool-call' ? [{ id: part.toolCallId, name: part.toolName, input: parsedInput(part.input) }] : [],
  );
  return { text, toolCalls };
}

/** A tool's input; text that is no JSON stays text, for the tool's own check to refuse. */
export function parsedInput(json: string): unknown {
  try {
    return JSON.parse(json === '' ? '{}' : json);
  } catch {
    return json;
  }
}

/** Values back in the place of their pseudonyms. */
export function restoredCalls(pseudonyms: Pseudonyms, calls: readonly ToolCall[]): ToolCall[] {
  return calls.map((call) => ({ ...call, input: pseudonyms.restoreValue(call.input) }));
}

/** The SDK's reason as ours. */
export function finishOf({ unified }: LanguageModelV4FinishReason): FinishReason {
  return unified === 'error' || unified === 'interrupted' ? 'other' : unified;
}

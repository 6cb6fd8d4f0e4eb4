import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider';
import { finishOf, parsedInput } from './provider-call.ts';
import type { FinishReason, ToolCall } from './request.ts';

/** Puts a streamed reply together. Everything is as the provider sent it: pseudonyms are still in it. */
export class CollectedReply {
  text = '';
  /** Arguments of tool calls, as they come. */
  toolInput = '';
  readonly toolCalls: ToolCall[] = [];
  finish: FinishReason = 'other';
  usage: LanguageModelV4Usage | undefined;

  /** @returns what the part adds that the provider counts as output: text, reasoning, arguments; else '' */
  take(part: LanguageModelV4StreamPart): string {
    switch (part.type) {
      case 'text-delta':
        this.text += part.delta;
        return part.delta;
      case 'tool-input-delta':
        this.toolInput += part.delta;
        return part.delta;
      case 'reasoning-delta':
        return part.delta;
      case 'tool-call':
        this.toolCalls.push({ id: part.toolCallId, name: part.toolName, input: parsedInput(part.input) });
        return '';
      case 'finish':
        this.finish = finishOf(part.finishReason);
        this.usage = part.usage;
        return '';
      default:
        return '';
    }
  }
}

import type { GenerationOptions } from '../../answers/index.ts';
import { RequestInvalid } from '../request-refused.ts';
import type { ChatRequest } from './contract.ts';

/** Questions before the last that are read; longer ones are no questions. */
const EARLIER = 20;
const LONGEST = 4_000;

/**
 * The question of a conversation: the words of the user's last message, read in the light of the user's messages before it. What
 * others say in it (system, tools, earlier answers) is not evidence and gives no orders.
 * @throws RequestInvalid when the user says nothing
 */
export function questionOf({ messages }: Pick<ChatRequest, 'messages'>): { text: string; earlier: string[] } {
  const said = messages.filter(({ role }) => role === 'user').map(({ content }) => wordsIn(content));
  const text = said.at(-1) ?? '';
  const earlier = said.slice(0, -1).filter((each) => each.trim() !== '' && each.length <= LONGEST);
  if (text.trim() === '') {
    throw new RequestInvalid([
      { where: 'messages', problem: 'hold no words of role "user". The last such message is the question.' },
    ]);
  }
  return { text, earlier: earlier.slice(-EARLIER) };
}

function wordsIn(content: ChatRequest['messages'][number]['content']): string {
  return typeof content === 'string' ? content : (content ?? []).map((part) => part.text).join('\n');
}

/** The most tokens the message may have; null: as many as it takes. */
export function maxTokensOf(request: Pick<ChatRequest, 'max_tokens' | 'max_completion_tokens'>): number | null {
  return request.max_completion_tokens ?? request.max_tokens ?? null;
}

/** The texts at which the message is cut off; usually none. */
export function stopsOf({ stop }: Pick<ChatRequest, 'stop'>): readonly string[] {
  if (stop === null || stop === undefined) return [];
  return typeof stop === 'string' ? [stop] : stop;
}

/** How the message is to be written: as JSON where a schema was given. */
export function generationOf(request: Pick<ChatRequest, 'max_tokens' | 'max_completion_tokens' | 'response_format'>): {
  readonly generation?: GenerationOptions;
} {
  const maxTokens = maxTokensOf(request);
  const format = request.response_format;
  const json = format?.type === 'json_schema' ? { format: 'json' as const, schema: format.json_schema.schema } : {};
  const generation: GenerationOptions = { ...json, ...(maxTokens !== null && { maxTokens }) };
  return Object.keys(generation).length === 0 ? {} : { generation };
}

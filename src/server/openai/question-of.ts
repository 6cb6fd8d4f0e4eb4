import { RequestInvalid } from '../request-refused.ts';
import type { ChatRequest } from './contract.ts';

/**
 * The question of a conversation: the words of the user's last message. What others say in it (system, tools, earlier
 * answers) is not evidence and gives no orders.
 * @throws RequestInvalid when the user says nothing
 */
export function questionOf({ messages }: Pick<ChatRequest, 'messages'>): string {
  const content = messages.findLast(({ role }) => role === 'user')?.content;
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text).join('\n');
  if (text.trim() === '') {
    throw new RequestInvalid([
      { where: 'messages', problem: 'hold no words of role "user". The last such message is the question.' },
    ]);
  }
  return text;
}

/** The texts at which the message is cut off; usually none. */
export function stopsOf({ stop }: Pick<ChatRequest, 'stop'>): readonly string[] {
  if (stop === null || stop === undefined) return [];
  return typeof stop === 'string' ? [stop] : stop;
}

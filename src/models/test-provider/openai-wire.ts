import type { TestCall, TestReply, TestUsage, Wire, WireReply } from './wire.ts';

const usageOf = (usage: TestUsage): object => ({
  prompt_tokens: usage.inputTokens,
  completion_tokens: usage.outputTokens,
  total_tokens: usage.inputTokens + usage.outputTokens,
  prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
});

/** `POST /chat/completions`, in one piece and as server-sent events. */
export const openAiWire: Wire = {
  write: (call, reply, withUsage) => (call.stream ? stream(call, reply, withUsage) : whole(call, reply, withUsage)),
};

function whole(call: TestCall, reply: TestReply, withUsage: boolean): WireReply {
  const message = {
    role: 'assistant',
    content: reply.toolCalls.length > 0 ? null : reply.pieces.join(''),
    ...(reply.toolCalls.length > 0 && { tool_calls: toolCalls(call, reply) }),
  };
  const body = {
    ...head(call, 'chat.completion'),
    choices: [{ index: 0, message, finish_reason: finish(reply) }],
    ...(withUsage && { usage: usageOf(reply.usage) }),
  };
  return { contentType: 'application/json', frames: [JSON.stringify(body)] };
}

function stream(call: TestCall, reply: TestReply, withUsage: boolean): WireReply {
  const chunk = (choices: object[], rest: object = {}): string =>
    `data: ${JSON.stringify({ ...head(call, 'chat.completion.chunk'), choices, ...rest })}\n\n`;
  const delta = (content: object, reason: string | null = null): string =>
    chunk([{ index: 0, delta: content, finish_reason: reason }]);
  const frames =
    reply.toolCalls.length > 0
      ? toolCalls(call, reply).map((one, index) => delta({ role: 'assistant', tool_calls: [{ index, ...one }] }))
      : reply.pieces.map((content) => delta({ role: 'assistant', content }));
  frames.push(delta({}, finish(reply)));
  if (withUsage) frames.push(chunk([], { usage: usageOf(reply.usage) }));
  frames.push('data: [DONE]\n\n');
  return { contentType: 'text/event-stream', frames };
}

function head(call: TestCall, object: string): object {
  return { id: `chatcmpl-${call.index}`, object, created: 1_700_000_000, model: call.model };
}

function finish(reply: TestReply): string {
  return reply.toolCalls.length > 0 ? 'tool_calls' : 'stop';
}

function toolCalls(call: TestCall, reply: TestReply): object[] {
  return reply.toolCalls.map(({ name, input }, position) => ({
    id: `call_${call.index}_${position}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
}

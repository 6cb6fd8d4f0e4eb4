import type { TestCall, TestReply, TestUsage, Wire, WireReply } from './wire.ts';

/** `POST /models/ID:generateContent` and `:streamGenerateContent?alt=sse` of Google's Gemini API. */
export const googleWire: Wire = {
  write: (call, reply, withUsage) => (call.stream ? stream(call, reply, withUsage) : whole(call, reply, withUsage)),
};

function whole(call: TestCall, reply: TestReply, withUsage: boolean): WireReply {
  const parts = reply.toolCalls.length > 0 ? functionCalls(reply) : [{ text: reply.pieces.join('') }];
  const body = chunk(call, parts, { finishReason: 'STOP' }, withUsage ? reply.usage : null);
  return { contentType: 'application/json', frames: [JSON.stringify(body)] };
}

function stream(call: TestCall, reply: TestReply, withUsage: boolean): WireReply {
  const parts = reply.toolCalls.length > 0 ? functionCalls(reply) : reply.pieces.map((text) => ({ text }));
  const chunks = parts.map((part) => chunk(call, [part]));
  chunks.push(chunk(call, [], { finishReason: 'STOP' }, withUsage ? reply.usage : null));
  const frames = chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`);
  return { contentType: 'text/event-stream', frames };
}

function chunk(call: TestCall, parts: readonly object[], ...[end, usage]: [end?: object, usage?: TestUsage | null]) {
  return {
    candidates: [{ index: 0, content: { role: 'model', parts }, ...end }],
    modelVersion: call.model,
    ...(usage && { usageMetadata: usageOf(usage) }),
  };
}

function functionCalls(reply: TestReply): object[] {
  return reply.toolCalls.map(({ name, input }) => ({ functionCall: { name, args: input } }));
}

function usageOf(usage: TestUsage): object {
  return {
    promptTokenCount: usage.inputTokens,
    cachedContentTokenCount: usage.cachedInputTokens,
    candidatesTokenCount: usage.outputTokens,
    totalTokenCount: usage.inputTokens + usage.outputTokens,
  };
}

import { eventFrame } from './event-stream.ts';
import type { TestCall, TestReply, TestUsage, Wire, WireReply } from './wire.ts';

/** `POST /model/ID/converse` and `/converse-stream` of Amazon Bedrock. */
export const bedrockWire: Wire = {
  write: (call, reply, withUsage) => (call.stream ? stream(call, reply, withUsage) : whole(call, reply, withUsage)),
};

function whole(call: TestCall, reply: TestReply, withUsage: boolean): WireReply {
  const content =
    reply.toolCalls.length > 0
      ? reply.toolCalls.map((tool, position) => ({ toolUse: { ...named(call, tool, position), input: tool.input } }))
      : [{ text: reply.pieces.join('') }];
  const body = {
    output: { message: { role: 'assistant', content } },
    stopReason: stopReason(reply),
    metrics: { latencyMs: 1 },
    ...(withUsage && { usage: usageOf(reply.usage) }),
  };
  return { contentType: 'application/json', frames: [JSON.stringify(body)] };
}

function stream(call: TestCall, reply: TestReply, withUsage: boolean): WireReply {
  const frames = [eventFrame('messageStart', { role: 'assistant' })];
  if (reply.toolCalls.length > 0) {
    reply.toolCalls.forEach((tool, index) => {
      frames.push(
        eventFrame('contentBlockStart', { contentBlockIndex: index, start: { toolUse: named(call, tool, index) } }),
        delta(index, { toolUse: { input: JSON.stringify(tool.input) } }),
        eventFrame('contentBlockStop', { contentBlockIndex: index }),
      );
    });
  } else {
    frames.push(...reply.pieces.map((text) => delta(0, { text })));
    frames.push(eventFrame('contentBlockStop', { contentBlockIndex: 0 }));
  }
  frames.push(eventFrame('messageStop', { stopReason: stopReason(reply) }));
  if (withUsage) frames.push(eventFrame('metadata', { usage: usageOf(reply.usage), metrics: { latencyMs: 1 } }));
  return { contentType: 'application/vnd.amazon.eventstream', frames };
}

function delta(contentBlockIndex: number, content: object): Uint8Array {
  return eventFrame('contentBlockDelta', { contentBlockIndex, delta: content });
}

function named(call: TestCall, tool: { readonly name: string }, position: number): object {
  return { toolUseId: `tooluse_${call.index}_${position}`, name: tool.name };
}

function stopReason(reply: TestReply): string {
  return reply.toolCalls.length > 0 ? 'tool_use' : 'end_turn';
}

/** Bedrock counts cached input apart. */
function usageOf(usage: TestUsage): object {
  const written = usage.cacheWriteInputTokens ?? 0;
  return {
    inputTokens: usage.inputTokens - usage.cachedInputTokens - written,
    outputTokens: usage.outputTokens,
    totalTokens: usage.inputTokens + usage.outputTokens,
    cacheReadInputTokens: usage.cachedInputTokens,
    cacheWriteInputTokens: written,
  };
}

import type { TestCall, TestReply, Wire, WireReply } from './wire.ts';

/** `POST /messages`, in one piece and as server-sent events. */
export const anthropicWire: Wire = {
  write: (call, reply, withUsage) => (call.stream ? stream(call, reply, withUsage) : whole(call, reply, withUsage)),
};

interface Block {
  readonly start: object;
  readonly deltas: readonly object[];
  readonly whole: object;
}

function whole(call: TestCall, reply: TestReply, withUsage: boolean): WireReply {
  const body = {
    ...head(call),
    content: blocks(call, reply).map((block) => block.whole),
    stop_reason: stopReason(reply),
    ...(withUsage && { usage: { ...inputUsage(reply), output_tokens: reply.usage.outputTokens } }),
  };
  return { contentType: 'application/json', frames: [JSON.stringify(body)] };
}

function stream(call: TestCall, reply: TestReply, withUsage: boolean): WireReply {
  const event = (data: { readonly type: string; readonly [key: string]: unknown }): string =>
    `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
  const frames: string[] = [
    event({
      type: 'message_start',
      message: { ...head(call), content: [], stop_reason: null, usage: { ...inputUsage(reply), output_tokens: 0 } },
    }),
  ];
  blocks(call, reply).forEach((block, index) => {
    frames.push(event({ type: 'content_block_start', index, content_block: block.start }));
    for (const delta of block.deltas) frames.push(event({ type: 'content_block_delta', index, delta }));
    frames.push(event({ type: 'content_block_stop', index }));
  });
  if (withUsage) {
    const delta = { stop_reason: stopReason(reply), stop_sequence: null };
    frames.push(event({ type: 'message_delta', delta, usage: { output_tokens: reply.usage.outputTokens } }));
    frames.push(event({ type: 'message_stop' }));
  }
  return { contentType: 'text/event-stream', frames };
}

function head(call: TestCall): object {
  return { id: `msg_${call.index}`, type: 'message', role: 'assistant', model: call.model, stop_sequence: null };
}

function stopReason(reply: TestReply): string {
  return reply.toolCalls.length > 0 ? 'tool_use' : 'end_turn';
}

/** Anthropic counts cached input apart. */
function inputUsage({ usage }: TestReply): object {
  const written = usage.cacheWriteInputTokens ?? 0;
  return {
    input_tokens: usage.inputTokens - usage.cachedInputTokens - written,
    cache_read_input_tokens: usage.cachedInputTokens,
    cache_creation_input_tokens: written,
  };
}

function blocks(call: TestCall, reply: TestReply): Block[] {
  if (reply.toolCalls.length === 0) {
    return [
      {
        start: { type: 'text', text: '' },
        deltas: reply.pieces.map((text) => ({ type: 'text_delta', text })),
        whole: { type: 'text', text: reply.pieces.join('') },
      },
    ];
  }
  return reply.toolCalls.map(({ name, input }, position) => {
    const known = { type: 'tool_use', id: `toolu_${call.index}_${position}`, name };
    const json = JSON.stringify(input);
    const half = Math.ceil(json.length / 2);
    return {
      start: { ...known, input: {} },
      deltas: [json.slice(0, half), json.slice(half)].map((part) => ({ type: 'input_json_delta', partial_json: part })),
      whole: { ...known, input },
    };
  });
}

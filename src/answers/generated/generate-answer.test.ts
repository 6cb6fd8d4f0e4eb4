import { describe, expect, it } from 'vitest';
import type { ModelReply, ModelStream } from '../../models/index.ts';
import { findPrompt } from '../../prompts/index.ts';
import { silentLog } from '../../telemetry/index.ts';
import { testContext } from '../../store/testing.ts';
import { buildPassage } from '../evidence/build-passage.ts';
import type { AnswerServices } from '../services.ts';
import type { AnswerEvent } from '../stream/answer-event.ts';
import { generateAnswer } from './generate-answer.ts';
import { DEFAULT_POLICY, type Generation } from './generation.ts';

const LEAVE = 'A full-time employee has 27 days of paid annual leave.';
const usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, estimated: false, costNanoUsd: 0n };

/** A reply that tells when its first piece was taken. */
function replyOf(pieces: readonly string[], onFirst: () => void): ModelStream {
  async function* text(): AsyncGenerator<string> {
    for (const [i, piece] of pieces.entries()) {
      yield await Promise.resolve(piece);
      if (i === 0) onFirst();
    }
  }
  return { text: text(), reply: Promise.resolve({ model: 'test', usage } as unknown as ModelReply) };
}

function generation(onRecord: Promise<void>, onFirst: () => void): { given: Generation; events: AnswerEvent[] } {
  const events: AnswerEvent[] = [];
  const signal = AbortSignal.timeout(30_000);
  const template = findPrompt('answer');
  const making = {
    id: 'a',
    emit: (event: AnswerEvent) => void events.push(event),
    documents: () => onRecord,
    rest: () => undefined,
    signal,
  };
  const given: Generation = {
    prompt: { template, question: 'How many days?', passages: [], format: 'text', asOf: '2026-01-01', fence: 'data-1' },
    passages: [buildPassage({ source: LEAVE })],
    reading: [],
    policy: { ...DEFAULT_POLICY, repair: false },
    models: {
      stream: () => replyOf([`${LEAVE} `, '[1]'], onFirst),
      object: () => Promise.reject(new Error('unasked')),
    },
    model: null,
    making,
    onRecord,
    verifiers: [],
    signal,
  };
  return { given, events };
}

const services = { log: silentLog } as unknown as AnswerServices;

describe('words of a model', () => {
  it('are not shown before their documents are on record, though the model is asked', async () => {
    const record = Promise.withResolvers<void>();
    let asked = false;
    const { given, events } = generation(record.promise, () => {
      asked = true;
    });
    const stream = given.models.stream;
    const called = Promise.withResolvers<void>();
    const models = {
      ...given.models,
      stream: (...of: Parameters<typeof stream>) => {
        called.resolve();
        return stream(...of);
      },
    };
    const made = generateAnswer(services, testContext(), { ...given, models });
    await called.promise;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(events).toEqual([]);
    expect(asked).toBe(false);
    record.resolve();
    expect(await made).toMatchObject({ text: LEAVE, changed: false });
    expect(events.map(({ type }) => type)).toEqual(['text.added', 'citation.added']);
  });

  it('are never shown when a document is gone', async () => {
    const gone = Promise.reject<void>(new Error('gone'));
    const { given, events } = generation(gone, () => undefined);
    expect(await generateAnswer(services, testContext(), given)).toMatchObject({ why: 'failed', shown: false });
    expect(events).toEqual([]);
  });
});

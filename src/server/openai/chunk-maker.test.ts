import { expect, it } from 'vitest';
import type { Answer, AnswerEvent } from '../../answers/index.ts';
import { ChunkMaker } from './chunk-maker.ts';

const asked = {
  model: 'documents',
  address: 'http://127.0.0.1:1',
  stops: [],
  maxTokens: null,
  json: false,
  at: 0,
  withUsage: false,
};
const says = (text: string): AnswerEvent => ({ type: 'text.added', data: { text } });
const restarted: AnswerEvent = { type: 'answer.restarted', data: { reason: 'Another node took over.' } };
const completed = (text: string): AnswerEvent => ({
  type: 'answer.completed',
  data: {
    answer: { text, reason: null, missing: null, sentences: [], citations: [], record: {} } as unknown as Answer,
  },
});

/** The content of all chunks; null: it had to be given up. */
function read(events: readonly AnswerEvent[]): string | null {
  const maker = new ChunkMaker('018f2b7e-0000-7000-8000-000000000009', asked);
  let content = '';
  for (const [index, event] of events.entries()) {
    const chunks = maker.next({ ...event, seq: index + 1 });
    if (chunks === null) return null;
    content += chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
  }
  return content;
}

it('goes on after a restart where the words are the same', () => {
  expect(read([says('Ten days'), says(' a year.'), completed('Ten days a year.')])).toBe('Ten days a year.');
  expect(read([says('Ten days'), restarted, says('Ten'), says(' days a year.'), completed('Ten days a year.')])).toBe(
    'Ten days a year.',
  );
  expect(read([restarted, completed('Ten days.')])).toBe('Ten days.');
});

it('gives up after a restart that comes to other words, or to fewer', () => {
  expect(read([says('Ten days'), restarted, says('Nine days')])).toBeNull();
  expect(read([says('Ten days a year.'), restarted, says('Ten days'), completed('Ten days')])).toBeNull();
});

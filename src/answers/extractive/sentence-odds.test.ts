import { describe, expect, it } from 'vitest';
import { OperationAborted } from '../../base/index.ts';
import { silentLog } from '../../telemetry/index.ts';
import { buildPassage } from '../evidence/build-passage.ts';
import { type CandidateSentence, candidateSentences } from './candidate-sentences.ts';
import { SentenceOdds } from './sentence-odds.ts';

const { signal } = new AbortController();
const QUESTION = 'How long is the notice period?';
const passage = buildPassage({
  title: 'Leaving',
  headingPath: ['Leaving', 'Notice'],
  source: 'The notice period is four weeks. Trainees may leave at any time.\n\nWeekdays | Notice\nMonday | one day',
});
const sentences = candidateSentences([passage]);

/** A reader that notes what it is asked and answers with the lengths. */
function noting(): { readonly asked: string[]; scores(question: string, texts: readonly string[]): Promise<number[]> } {
  const asked: string[] = [];
  const scores = (_: string, texts: readonly string[]): Promise<number[]> => {
    asked.push(...texts);
    return Promise.resolve(texts.map(({ length }) => length));
  };
  return { asked, scores };
}

describe('SentenceOdds', () => {
  it('reads what stands above a sentence first, a row with its column names', async () => {
    const reader = noting();
    const odds = new SentenceOdds(reader, silentLog);
    for (const sentence of sentences) await odds.of(QUESTION, sentence, signal);
    expect(reader.asked).toEqual([
      'Leaving > Notice: The notice period is four weeks.',
      'Leaving > Notice: Trainees may leave at any time.',
      'Leaving > Notice: Weekdays: Monday; Notice: one day',
    ]);
  });

  it('reads a sentence once for a question', async () => {
    const reader = noting();
    const odds = new SentenceOdds(reader, silentLog);
    const [first, second] = sentences as [CandidateSentence, CandidateSentence];
    const read = await odds.of(QUESTION, first, signal);
    expect(await odds.of(QUESTION, first, signal)).toBe(read);
    expect(reader.asked).toHaveLength(1);
    expect(await odds.of(QUESTION, second, signal)).not.toBe(read);
    await odds.of('What about notice?', first, signal);
    expect(reader.asked).toHaveLength(3);
  });

  it('has nothing to say without a reader, in another language, or when reading failed', async () => {
    const [first] = sentences as [CandidateSentence];
    const reader = noting();
    expect(await new SentenceOdds(null, silentLog).of(QUESTION, first, signal)).toBeNull();
    const german = 'Wie lange ist die Kündigungsfrist für einen Angestellten?';
    expect(await new SentenceOdds(reader, silentLog).of(german, first, signal)).toBeNull();
    expect(reader.asked).toEqual([]);
    const warnings: unknown[] = [];
    const log = { ...silentLog, warn: (_: string, fields: unknown) => void warnings.push(fields) };
    const failing = { scores: () => Promise.reject(new Error('no memory')) };
    expect(await new SentenceOdds(failing, log).of(QUESTION, first, signal)).toBeNull();
    expect(warnings).toEqual([{ code: 'internal.unexpected' }]);
  });

  it('ends with the question', async () => {
    const [first] = sentences as [CandidateSentence];
    const stopped = { scores: () => Promise.reject(new OperationAborted('Embedding')) };
    await expect(new SentenceOdds(stopped, silentLog).of(QUESTION, first, signal)).rejects.toThrow('stopped');
  });
});

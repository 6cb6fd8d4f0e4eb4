import { describe, expect, it } from 'vitest';
import { createFixedEmbedder } from '../../models/testing.ts';
import { analyse } from '../../retrieval/index.ts';
import { silentLog } from '../../telemetry/index.ts';
import { buildPassage } from '../evidence/build-passage.ts';
import type { Evidence } from '../evidence/retrieve.ts';
import { type Extract, extract } from './extract.ts';
import { readOn } from './read-on.ts';
import { SentenceOdds } from './sentence-odds.ts';
import type { SentenceVectors } from './sentence-vectors.ts';

const SOURCE = 'The night rate is EUR 58 in winter. Guests may bring a dog.';

interface Given {
  readonly cosine: number;
  /** Of all sentences, or by a word of theirs, else −4; null: there is no reader. */
  readonly odds: number | Readonly<Record<string, number>> | null;
  readonly unread?: boolean;
  readonly source?: string;
  /** A second document. */
  readonly other?: string;
}

/** What was extracted, what was read for it, and what reading on then gives. */
interface Extracted extends Extract {
  readonly read: string[];
  on(): Promise<Extract | null>;
}

/** Extracts from one passage whose sentences mean the question as nearly as `cosine` says, with a reader that gives `odds`. */
async function extracted(
  question: string,
  { cosine, odds, unread = false, source = SOURCE, other }: Given,
): Promise<Extracted> {
  const passages = [source, ...(other === undefined ? [] : [other])].map((each) => {
    const built = buildPassage({ source: each, title: 'Rates' });
    return { ...built, candidate: { ...built.candidate, cosine } };
  });
  const evidence = { passages, terms: analyse(question, 'en'), vector: new Float32Array([1, 0]) };
  const vector = new Float32Array([cosine, Math.sqrt(1 - cosine * cosine)]);
  const read: string[] = [];
  const scores = (_: string, texts: readonly string[]): Promise<number[]> => {
    read.push(...texts);
    return Promise.resolve(texts.map((text) => oddsOf(text, odds ?? 0)));
  };
  const services = {
    embedder: createFixedEmbedder({}),
    vectors: {
      of: (texts: readonly string[]) => Promise.resolve(texts.map(() => vector)),
    } as unknown as SentenceVectors,
    odds: new SentenceOdds(odds === null ? null : { scores }, silentLog),
  };
  const { signal } = new AbortController();
  const asked = { text: question, unread, signal };
  const found = await extract(services, evidence as unknown as Evidence, asked);
  return { ...found, read, on: () => readOn(services, found, asked) };
}

function oddsOf(text: string, odds: NonNullable<Given['odds']>): number {
  if (typeof odds === 'number') return odds;
  return Object.entries(odds).find(([word]) => text.includes(word))?.[1] ?? -4;
}

function textsOf(found: Extract | null): string[] | undefined {
  return found?.chosen.map(({ sentence }) => sentence.text);
}

describe('extract', () => {
  const OPEN = 'What is the rate for a night in summer?';

  it('has the best sentence read where words and nearness leave it open, and believes what was read', async () => {
    const yes = await extracted(OPEN, { cosine: 0.45, odds: 4 });
    const no = await extracted(OPEN, { cosine: 0.45, odds: -4 });
    expect(yes.read).toEqual(['Rates: The night rate is EUR 58 in winter.']);
    expect([yes.decision.answer, no.decision.answer]).toEqual([true, false]);
    expect(yes.decision.confidence).toBeGreaterThan(no.decision.confidence + 0.2);
    expect(no.chosen.map(({ sentence }) => sentence.text)).toEqual(yes.chosen.map(({ sentence }) => sentence.text));
  });

  it('has nothing read where the sentences are far from the question', async () => {
    const far = await extracted('Who repairs the lift at weekends?', { cosine: 0.05, odds: 4 });
    expect(far.read).toEqual([]);
    expect(far.decision.answer).toBe(false);
  });

  it('has nothing read for a question that does not wait for it', async () => {
    const { read, decision } = await extracted(OPEN, { cosine: 0.45, odds: 4, unread: true });
    const without = await extracted(OPEN, { cosine: 0.45, odds: null });
    expect(read).toEqual([]);
    expect(decision).toEqual(without.decision);
  });

  it('shows no disagreement with what the reader says answers something else', async () => {
    const other = 'The night rate is EUR 77 in winter.';
    const sides = async (odds: Given['odds']): Promise<string[][]> => {
      const { conflicts } = await extracted('What is the night rate in winter?', { cosine: 0.8, odds, other });
      return conflicts.map((each) => each.sides.map(({ says }) => says));
    };
    const both = [['EUR 58', 'EUR 77']];
    expect(await sides({ 'EUR 58': 4, 'EUR 77': 0.7 })).toEqual(both);
    expect(await sides({ 'EUR 58': 4, 'EUR 77': -1.8 })).toEqual([]);
    expect(await sides(null)).toEqual(both);
  });

  it('decides without a reader', async () => {
    const near = await extracted('What is the night rate in winter?', { cosine: 0.8, odds: null });
    expect(near.decision.answer).toBe(true);
    expect(near.read).toEqual([]);
  });

  it('says what answers one question, and both halves of what is joined', async () => {
    const source = 'The night rate is EUR 58. The cleaning fee is EUR 30.';
    const said = async (text: string) => textsOf(await extracted(text, { cosine: 0.6, odds: 4, source }));
    expect(await said('What are the night rate, the cleaning fee?')).toHaveLength(1);
    expect(await said('What are the night rate and the cleaning fee?')).toHaveLength(2);
  });
});

describe('readOn', () => {
  const source = 'The night rate in winter is EUR 58. In the warm months it is EUR 72. Guests may bring a dog.';
  const SUMMER = 'What is the rate for a night in summer?';

  it('puts a sentence that reads like an answer in the place of a best that does not', async () => {
    const { decision, read, on, ...first } = await extracted(SUMMER, { cosine: 0.3, odds: { warm: 4 }, source });
    expect(textsOf({ decision, ...first })?.[0]).toBe('The night rate in winter is EUR 58.');
    expect(decision.answer).toBe(false);
    const instead = await on();
    expect(textsOf(instead)?.[0]).toBe('In the warm months it is EUR 72.');
    expect(instead?.decision.answer).toBe(true);
    expect(instead?.decision.confidence).toBeGreaterThan(decision.confidence);
    expect(new Set(read).size).toBe(read.length);
  });

  it('does not answer where nothing reads like an answer', async () => {
    const { on } = await extracted(SUMMER, { cosine: 0.3, odds: -4, source });
    expect((await on())?.decision.answer).toBe(false);
  });

  it('reads only the best where words and nearness speak against any answer', async () => {
    const { read, on } = await extracted('Who repairs the lift at weekends?', { cosine: 0.05, odds: -2, source });
    expect(read).toEqual([]);
    expect((await on())?.decision.answer).toBe(false);
    expect(read).toHaveLength(1);
  });

  it('says nothing where nothing is to be read', async () => {
    for (const given of [{ odds: null }, { odds: { warm: 4 }, unread: true }])
      expect(await (await extracted(SUMMER, { cosine: 0.3, source, ...given })).on()).toBeNull();
  });
});

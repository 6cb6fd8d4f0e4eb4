import { describe, expect, it } from 'vitest';
import { createFixedEmbedder } from '../../models/testing.ts';
import { analyse } from '../../retrieval/index.ts';
import { silentLog } from '../../telemetry/index.ts';
import { buildPassage } from '../evidence/build-passage.ts';
import type { Evidence } from '../evidence/retrieve.ts';
import { type Extract, extract } from './extract.ts';
import { SentenceOdds } from './sentence-odds.ts';
import type { SentenceVectors } from './sentence-vectors.ts';

const SOURCE = 'The night rate is EUR 58 in winter. Guests may bring a dog.';

/** Extracts from one passage whose sentences mean the question as nearly as `cosine` says, with a reader that gives `odds`. */
async function extracted(
  question: string,
  {
    cosine,
    odds,
    unread = false,
  }: { readonly cosine: number; readonly odds: number | null; readonly unread?: boolean },
): Promise<Extract & { readonly read: readonly string[] }> {
  const built = buildPassage({ source: SOURCE, title: 'Rates' });
  const passage = { ...built, candidate: { ...built.candidate, cosine } };
  const evidence = { passages: [passage], terms: analyse(question, 'en'), vector: new Float32Array([1, 0]) };
  const vector = new Float32Array([cosine, Math.sqrt(1 - cosine * cosine)]);
  const read: string[] = [];
  const scores = (_: string, texts: readonly string[]): Promise<number[]> => {
    read.push(...texts);
    return Promise.resolve(texts.map(() => odds ?? 0));
  };
  const services = {
    embedder: createFixedEmbedder({}),
    vectors: {
      of: (texts: readonly string[]) => Promise.resolve(texts.map(() => vector)),
    } as unknown as SentenceVectors,
    odds: new SentenceOdds(odds === null ? null : { scores }, silentLog),
  };
  const { signal } = new AbortController();
  return { ...(await extract(services, evidence as unknown as Evidence, { text: question, unread, signal })), read };
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

  it('decides without a reader', async () => {
    const near = await extracted('What is the night rate in winter?', { cosine: 0.8, odds: null });
    expect(near.decision.answer).toBe(true);
    expect(near.read).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { EVERYONE, type TenantContext } from '../base/index.ts';
import { createFixedEmbedder } from '../models/testing.ts';
import { analyse } from '../retrieval/index.ts';
import { silentLog } from '../telemetry/index.ts';
import { attemptTwice } from './attempt-twice.ts';
import { buildPassage } from './evidence/build-passage.ts';
import { SentenceOdds } from './extractive/sentence-odds.ts';
import type { AnswerServices } from './services.ts';
import { Stages } from './stages.ts';

const context: TenantContext = { tenantId: 't', principalId: 'p', groups: [EVERYONE], requestId: 'r' };
const SOURCE = 'The night rate in winter is EUR 58. In the warm months it is EUR 72. Guests may bring a dog.';
/** Another search says this. */
const SEARCHED = 'Searched again.';
const QUESTION = 'What is the rate for a night in summer?';

/** The one passage is so near to the question; the reader gives such odds. */
interface Planted {
  readonly cosine: number;
  readonly odds: number;
  readonly preset?: string;
  readonly question?: string;
}

/**
 * Attempts an answer from one passage, found by the search that does most unless told otherwise, with a reader that gives the odds to all
 * sentences but those with a word. Null: it abstains.
 */
async function attempted(
  { cosine, odds, preset = 'best', question = QUESTION }: Planted,
  word: string | null,
): Promise<string[] | null> {
  const built = buildPassage({ source: SOURCE, title: 'Rates' });
  const passage = { ...built, candidate: { ...built.candidate, cosine } };
  const vector = new Float32Array([cosine, Math.sqrt(1 - cosine ** 2)]);
  const scores = (_: string, texts: readonly string[]): Promise<number[]> =>
    Promise.resolve(texts.map((text) => (word !== null && text.includes(word) ? 3 : odds)));
  const services = {
    embedder: createFixedEmbedder({}),
    vectors: { of: (texts: readonly string[]) => Promise.resolve(texts.map(() => vector)) },
    odds: new SentenceOdds({ scores }, silentLog),
    modelsFor: () => ({ has: () => false }),
    words: { of: () => Promise.reject(new Error(SEARCHED)) },
  } as unknown as AnswerServices;
  const found = { passages: [passage], terms: analyse(question, 'en'), vector: new Float32Array([1, 0]) };
  const making = { emit: () => undefined };
  const { best } = await attemptTwice(services, context, {
    question: { text: question, signal: new AbortController().signal },
    gathered: { whole: { ...found, plan: { preset } }, parts: [] },
    query: { question, collection: { id: 'c', settings: { retrieval: {} } } },
    making,
    stages: new Stages(making as never),
  } as unknown as Parameters<typeof attemptTwice>[2]);
  const { decision, chosen } = best.extracted;
  return decision.answer ? chosen.map(({ sentence }) => sentence.text) : null;
}

const far = { cosine: 0.3, odds: -4 };
const near = { cosine: 0.7, odds: -0.5 };

it('answers with what reads like an answer where the best sentence does not answer', async () => {
  expect(await attempted(far, null)).toBeNull();
  expect(await attempted(far, 'warm')).toEqual(['In the warm months it is EUR 72.']);
});

it('prefers what reads like an answer to a best sentence that is near but refused', async () => {
  expect(await attempted(near, null)).toEqual(['The night rate in winter is EUR 58.']);
  expect(await attempted(near, 'warm')).toEqual(['In the warm months it is EUR 72.']);
  expect(await attempted(near, 'winter')).toEqual(['The night rate in winter is EUR 58.']);
});

it('searches once more, unless the reader refuses the best sentence', async () => {
  const open = { question: 'Where can a dog sleep?', cosine: 0.4, odds: -0.9, preset: 'balanced' };
  await expect(attempted(open, null)).rejects.toThrow(SEARCHED);
  expect(await attempted({ ...open, odds: -4 }, null)).toBeNull();
});

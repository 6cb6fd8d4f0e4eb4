import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byScore } from '../fusion.ts';
import { preferPhrases } from './prefer-phrases.ts';
import { rerank } from './rerank.ts';
import { type Rereading, reread } from './reread.ts';

const ranking = [
  { id: 'a', score: 3 },
  { id: 'b', score: 2 },
  { id: 'c', score: 1 },
];
const texts = new Map([
  ['a', 'termination of a notice'],
  ['b', 'the notice of termination'],
  ['c', 'nothing'],
]);
const { signal } = new AbortController();
const rereading = (overrides: Partial<Rereading>): Rereading => ({
  question: 'q',
  phrases: [],
  reranker: null,
  textsOf: async (ids) => new Map(ids.flatMap((id) => (texts.has(id) ? [[id, texts.get(id) ?? ''] as const] : []))),
  ...overrides,
});
const scoredBy = (scores: readonly number[]) => ({ name: 'test', scores: async () => scores });
const order = (entries: readonly { id: string }[] | undefined): string => (entries ?? []).map(({ id }) => id).join('');

describe('reread', () => {
  it('does nothing and reads nothing when nothing asks for it', async () => {
    const textsOf = async () => await Promise.reject(new Error('read'));
    expect(await reread(ranking, rereading({ textsOf }), { depth: 20, signal })).toEqual([]);
    expect(await reread(ranking, rereading({ textsOf, reranker: scoredBy([]) }), { depth: 0, signal })).toEqual([]);
  });

  it('lets the reranker order the first, the rest stays below', async () => {
    const [record] = await reread(ranking, rereading({ reranker: scoredBy([-5, 7]) }), { depth: 2, signal });
    expect(record).toMatchObject({ stage: 'rerank', what: 'test read the first 2' });
    expect(order(record?.ranking)).toBe('bac');
  });

  it('goes on without a reranker that fails, and with what one leaves out', async () => {
    const failing = { name: 'test', scores: async () => await Promise.reject(new Error('down')) };
    const [failed] = await reread(ranking, rereading({ reranker: failing }), { depth: 2, signal });
    expect(failed?.what).toMatch(/^left out: test failed/);
    expect(failed?.ranking).toBe(ranking);
    const partly = rereading({ reranker: scoredBy([Number.NaN, 1]) });
    expect(order((await reread(ranking, partly, { depth: 2, signal }))[0]?.ranking)).toBe('bac');
  });

  it('stops when the caller has gone', async () => {
    const gone = AbortSignal.abort();
    const failing = rereading({ reranker: { name: 'test', scores: async () => await Promise.reject(new Error('x')) } });
    await expect(reread(ranking, failing, { depth: 2, signal: gone })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('prefers phrases after the reranker', async () => {
    const asked = rereading({ phrases: [['notic', 'termin']], reranker: scoredBy([9, 1, 5]) });
    const records = await reread(ranking, asked, { depth: 3, signal });
    expect(records.map(({ stage, ranking: after }) => `${stage} ${order(after)}`)).toEqual([
      'rerank acb',
      'phrases bac',
    ]);
  });
});

describe('every reading stage', () => {
  it('keeps the chunks, in the order pages are cut by', () => {
    const entries = fc.array(fc.record({ score: fc.double({ min: -3, max: 3, noNaN: true }), read: fc.boolean() }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(entries, (given) => {
        const before = given.map(({ score }, index) => ({ id: `c${index}`, score })).sort(byScore);
        const read = new Map(given.flatMap((each, index) => (each.read ? [[`c${index}`, -each.score] as const] : [])));
        const held = new Map(given.flatMap((each, index) => (each.read ? [[`c${index}`, 'one two'] as const] : [])));
        const phrases = [['one', 'two']];
        const afters = [preferPhrases(before, held, phrases), ...(read.size > 0 ? [rerank(before, read)] : [])];
        for (const after of afters) {
          expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
          expect(after).toEqual([...after].sort(byScore));
        }
      }),
    );
  });
});

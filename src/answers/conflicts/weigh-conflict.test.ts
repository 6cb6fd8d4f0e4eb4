import { describe, expect, it } from 'vitest';
import { cite } from '../evidence/cite.ts';
import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from '../extractive/candidate-sentences.ts';
import { readQuestion, type ScoredSentence, scoreByWords } from '../extractive/score-sentences.ts';
import type { SourceFacts } from './source-facts.ts';
import { weighConflict } from './weigh-conflict.ts';

const DAY_MS = 86_400_000;

function side(source: string, effectiveFrom: number): ScoredSentence {
  const sentences = candidateSentences([buildPassage({ source, effectiveFrom })]);
  const [only] = scoreByWords(readQuestion('rate', ['rate'], sentences), sentences);
  if (only === undefined) throw new Error('The passage holds a sentence.');
  return only;
}

const older = side('The rate is EUR 52.', 0);
const newer = side('The rate is EUR 58.', 100 * DAY_MS);
const citations = [older, newer].map(({ sentence }) => cite(sentence.passage, { ...sentence, label: null }));
const found = { sides: [older, newer].map((sentence) => ({ sentence, says: sentence.sentence.text })) };

function facts(authorities: readonly [number, number]): Map<string, SourceFacts> {
  const common = { recordedAt: '2026-01-01T00:00:00.000Z', provenance: 'folder' as const };
  return new Map(
    [older, newer].map(({ sentence }, i) => [
      sentence.passage.versionId,
      { ...common, authority: authorities[i] ?? 0 },
    ]),
  );
}

describe('weighConflict', () => {
  it('puts what is valid since later first, and says both with their dates', () => {
    const conflict = weighConflict(found, citations, facts([0, 0]));
    expect(conflict?.sides.map(({ citation }) => citation)).toEqual([1, 0]);
    expect(conflict?.reason).toMatch(/EUR 58.*since 1970-04-11.*EUR 52.*since 1970-01-01/);
  });

  it('lets authority go before age', () => {
    expect(weighConflict(found, citations, facts([5, 1]))?.sides[0]?.citation).toBe(0);
  });

  it('gives the same pair the same key, in whatever order it was found', () => {
    const turned = { sides: found.sides.toReversed() };
    const keys = [found, turned].map((each) => weighConflict(each, citations, facts([0, 0]))?.key);
    expect(keys[0]).toBe(keys[1]);
  });

  it('finds a side in a longer sentence that is cited in its place', () => {
    const longer = citations.map((each) => ({ ...each, end: each.end + 20 }));
    expect(weighConflict(found, longer, facts([0, 0]))?.sides).toHaveLength(2);
    const shorter = citations.map((each) => ({ ...each, end: each.end - 4 }));
    expect(weighConflict(found, shorter, facts([0, 0]))).toBeNull();
  });

  it('is none when a side is not cited', () => {
    expect(weighConflict(found, citations.slice(0, 1), facts([0, 0]))).toBeNull();
  });
});

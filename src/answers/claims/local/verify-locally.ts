import type { ClaimTask, ClaimVerifier } from '../claim-verifier.ts';
import type { ClaimVerdict } from '../claim.ts';
import { isContent } from './align.ts';
import { compare, type Comparison } from './compare.ts';
import { keysOf, type ReadSentence, type ReadSource, readSource } from './read-source.ts';
import { type Element, elementsOf } from './reading/elements.ts';

/** Sentences of the sources compared word by word with a claim. */
const COMPARED = 3;

/** Numbers, dates and names weigh as much as several words: a claim stands or falls with them. */
const WEIGHTS = { word: 1, name: 1.5, number: 2 } as const;

/** Compares words, numbers, dates, names, negations and limits with the nearest sentences. No model, no download. */
export const localVerifier: ClaimVerifier = {
  level: 'local',
  verify: (tasks) => Promise.resolve(tasks.map(verifyLocally)),
};

interface Candidate extends Comparison {
  readonly source: ReadSource;
}

/** What the nearest sentences of its sources say of one claim. Pure and synchronous. */
function verifyLocally(task: ClaimTask): ClaimVerdict {
  const elements = elementsOf(task.claim.text);
  const sources = task.sources.map(readSource);
  const weights = weightsOf(elements, sources);
  const nearest = nearestSentences(elements, { sources, weights });
  const compared = nearest
    .map(({ sentence, source }): Candidate => ({ ...compare(elements, sentence, { source, weights }), source }))
    .sort((a, b) => b.coverage - a.coverage || a.leftovers.length - b.leftovers.length);
  const supporting = compared.find(
    (each) => each.leftovers.length === 0 && each.conflict === null && each.coverage > 0.999,
  );
  if (supporting !== undefined) return verdictOf(task, { status: 'supported', best: supporting, score: 1 });
  const [best] = compared;
  if (best === undefined) return verdictOf(task, { status: 'unverified', best: null, score: 0 });
  if (best.conflict !== null)
    return verdictOf(task, { status: 'contradicted', best, score: scoreOf(best, compared) * 0.5 });
  return verdictOf(task, { status: 'unverified', best, score: scoreOf(best, compared) });
}

/** Coverage, lowered for each limit that was added, dropped or moved; below 1. */
function scoreOf(best: Comparison, compared: readonly Comparison[]): number {
  const limits = best.leftovers.filter(({ problem }) => problem !== 'missing').length;
  const others = compared.reduce((sum, each) => sum + each.coverage, 0) / compared.length;
  return Math.min(0.99, (0.85 * best.coverage + 0.15 * others) * 0.85 ** limits);
}

function weightsOf(elements: readonly Element[], sources: readonly ReadSource[]): number[] {
  const total = sources.reduce((sum, { sentences }) => sum + sentences.length, 1);
  return elements.map((element, i) => {
    if (!isContent(element)) return 0;
    const [key = ''] = keysOf(element);
    const seen = sources.reduce((sum, { places }) => sum + (places.get(key)?.length ?? 0), 0);
    const rarity = Math.log(1 + total / (1 + seen));
    if (element.kind !== 'word') return WEIGHTS.number * rarity;
    return (element.capital && i > 0 ? WEIGHTS.name : WEIGHTS.word) * rarity;
  });
}

interface Near {
  readonly sentence: ReadSentence;
  readonly source: ReadSource;
  readonly overlap: number;
}

function nearestSentences(
  elements: readonly Element[],
  { sources, weights }: { readonly sources: readonly ReadSource[]; readonly weights: readonly number[] },
): Near[] {
  const near: Near[] = [];
  for (const source of sources) {
    const overlaps = new Map<number, number>();
    elements.forEach((element, i) => {
      const weight = weights[i] ?? 0;
      if (weight === 0) return;
      const numbers = new Set(keysOf(element).flatMap((key) => source.places.get(key) ?? []));
      for (const number of numbers) overlaps.set(number, (overlaps.get(number) ?? 0) + weight);
    });
    for (const [number, overlap] of overlaps) {
      near.push({ sentence: source.sentences[number] as ReadSentence, source, overlap });
    }
  }
  return near.sort((a, b) => b.overlap - a.overlap).slice(0, COMPARED);
}

interface Decision {
  readonly status: 'supported' | 'contradicted' | 'unverified';
  readonly best: Candidate | null;
  readonly score: number;
}

function verdictOf({ claim }: ClaimTask, { status, best, score }: Decision): ClaimVerdict {
  const common = { claim, status, score, level: 'local' as const };
  if (best === null)
    return { ...common, spans: [], conflict: null, reason: 'no sentence of the sources shares its words' };
  const { sentence, source } = best;
  const spans = [{ sourceId: source.source.id, start: sentence.start, end: sentence.end }];
  if (status === 'supported')
    return { ...common, spans, conflict: null, reason: 'one sentence of a source says all of it' };
  if (status === 'contradicted' && best.conflict !== null) {
    const { kind, claim: said, source: told } = best.conflict;
    const ours = { text: claim.text.slice(said.start, said.end), start: said.start, end: said.end };
    const text = source.source.text.slice(told.start, told.end);
    const conflict = {
      kind,
      claim: ours,
      source: { sourceId: source.source.id, start: told.start, end: told.end, text },
    };
    const reason =
      kind === 'negation'
        ? `one says it and the other denies it: "${ours.text}", the source "${text}"`
        : `the source says "${text}", the answer says "${ours.text}"`;
    return { ...common, spans, conflict, reason };
  }
  return { ...common, spans, conflict: null, reason: reasonOf(best) };
}

function reasonOf({ leftovers }: Comparison): string {
  const [first] = leftovers;
  if (first === undefined) return 'its words are spread over several places';
  const words = leftovers.filter(({ problem }) => problem === first.problem).map(({ text }) => `"${text}"`);
  const shown = [...new Set(words)].slice(0, 5).join(', ');
  switch (first.problem) {
    case 'missing':
      return `the nearest sentence does not say ${shown}`;
    case 'added-limit':
      return `the nearest sentence is without ${shown}`;
    case 'dropped-limit':
      return `the source limits it with ${shown}`;
    case 'order':
      return `the source says it in another order around ${shown}`;
  }
}

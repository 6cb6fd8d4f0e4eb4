import type { ClaimTask, ClaimVerifier } from '../claim-verifier.ts';
import type { ClaimVerdict, SourceSpan } from '../claim.ts';
import { compare, type Comparison } from './compare.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import { type Features, featuresOf } from './features.ts';
import { reasonOf } from './reason.ts';
import { type ReadSentence, type ReadSource, readSource } from './read-source.ts';
import { type Element, elementsOf } from './reading/elements.ts';
import { isSettled, scoreOf } from './score.ts';

/** Compares words, numbers, dates, names, negations and limits with the nearest sentences. No model, no download. */
export const localVerifier: ClaimVerifier = {
  level: 'local',
  reach: 'unsure',
  verify: (tasks) => Promise.resolve(tasks.map(verifyLocally)),
};

interface Candidate extends Comparison {
  readonly source: ReadSource;
}

/** A claim, its evidence, and the sentences compared word by word, best first; at least one. */
interface Findings {
  readonly task: ClaimTask;
  readonly elements: readonly Element[];
  readonly sources: readonly ReadSource[];
  readonly evidence: Evidence;
  readonly compared: readonly Candidate[];
  readonly best: Candidate;
}

/** What the sources say of one claim. Pure and synchronous. */
function verifyLocally(task: ClaimTask): ClaimVerdict {
  const findings = findingsOf(task);
  if (findings === null) return nothingFound(task);
  const carrying = findings.compared.find(carriesAll);
  if (carrying !== undefined) return supported(findings, carrying);
  const features = featuresOf(findings.evidence, findings.best);
  const score = Math.min(0.99, scoreOf(features));
  return findings.best.conflict === null ? open(findings, { features, score }) : contradicted(findings, score);
}

/** The measures the score of a claim is made of; null: nothing of it stands in its sources. */
export function measureClaim(task: ClaimTask): Features | null {
  const findings = findingsOf(task);
  return findings === null ? null : featuresOf(findings.evidence, findings.best);
}

/** The sentences that carry most of a claim, alone or together, best first; empty: nothing of it stands in its sources. */
export function nearestSentences(task: ClaimTask): SourceSpan[] {
  const sources = task.sources.map(readSource);
  const { nearest, together } = gatherEvidence(elementsOf(task.claim.text), sources);
  return [...new Set([...together, ...nearest])].map((number) => spanOf(sentenceAt(sources, number)));
}

function findingsOf(task: ClaimTask): Findings | null {
  const elements = elementsOf(task.claim.text);
  const sources = task.sources.map(readSource);
  const evidence = gatherEvidence(elements, sources);
  const weights = new Array<number>(elements.length).fill(0);
  for (const { at, weight } of evidence.facets) weights[at] = (weights[at] as number) + weight;
  const compared = evidence.nearest
    .map((number): Candidate => {
      const { sentence, source } = sentenceAt(sources, number);
      return { ...compare(elements, sentence, { source, weights }), source };
    })
    .sort((a, b) => b.coverage - a.coverage || a.leftovers.length - b.leftovers.length);
  const [best] = compared;
  return best === undefined ? null : { task, elements, sources, evidence, compared, best };
}

function sentenceAt(sources: readonly ReadSource[], number: number): { sentence: ReadSentence; source: ReadSource } {
  let rest = number;
  for (const source of sources) {
    const sentence = source.sentences[rest];
    if (sentence !== undefined) return { sentence, source };
    rest -= source.sentences.length;
  }
  throw new RangeError(`There is no sentence ${number}.`);
}

function carriesAll({ leftovers, conflict, coverage }: Candidate): boolean {
  return leftovers.length === 0 && conflict === null && coverage > 0.999;
}

function nothingFound({ claim }: ClaimTask): ClaimVerdict {
  const reason = 'no sentence of the sources shares its words';
  return { claim, status: 'unverified', settled: true, score: 0, level: 'local', spans: [], conflict: null, reason };
}

function supported({ task: { claim } }: Findings, by: Candidate): ClaimVerdict {
  const reason = 'one sentence of a source says all of it';
  const common = { claim, level: 'local' as const, conflict: null, reason };
  return { ...common, status: 'supported', settled: true, score: 1, spans: [spanOf(by)] };
}

/** Neither shown to be carried nor contradicted: what it leans to decides whether a dearer level should look. */
function open(
  findings: Findings,
  { features, score }: { readonly features: Features; readonly score: number },
): ClaimVerdict {
  const { task, elements, sources, evidence, best } = findings;
  // All its words are there, and only a limit or the order is not as the source has it: that is for a reader.
  const isLimited = best.leftovers.every(({ problem }) => problem !== 'missing');
  const others = evidence.together
    .map((number) => sentenceAt(sources, number))
    .filter(({ sentence }) => sentence !== best.sentence);
  const near = [best, ...others];
  const reason = reasonOf({
    text: task.claim.text,
    elements,
    evidence,
    leftovers: best.leftovers,
    sources: task.sources.map(({ text }) => text),
    sentences: near.map(({ sentence, source }) => source.source.text.slice(sentence.start, sentence.end)),
  });
  return {
    claim: task.claim,
    status: 'unverified',
    settled: !isLimited && isSettled(features, score),
    score,
    level: 'local',
    spans: near.map(spanOf),
    conflict: null,
    reason,
  };
}

function contradicted({ task: { claim }, best }: Findings, score: number): ClaimVerdict {
  const pair = best.conflict;
  if (pair === null) throw new TypeError('There is no conflict to show.');
  const ours = {
    text: claim.text.slice(pair.claim.start, pair.claim.end),
    start: pair.claim.start,
    end: pair.claim.end,
  };
  const theirs = best.source.source.text.slice(pair.source.start, pair.source.end);
  const source = { sourceId: best.source.source.id, start: pair.source.start, end: pair.source.end, text: theirs };
  const reason =
    pair.kind === 'negation'
      ? `one says it and the other denies it: "${ours.text}", the source "${theirs}"`
      : `the source says "${theirs}", the answer says "${ours.text}"`;
  const conflict = { kind: pair.kind, claim: ours, source };
  const common = { claim, level: 'local' as const, settled: true, spans: [spanOf(best)] };
  return { ...common, status: 'contradicted', score: score * 0.5, conflict, reason };
}

function spanOf({ sentence, source }: Pick<Candidate, 'sentence' | 'source'>): SourceSpan {
  return { sourceId: source.source.id, start: sentence.start, end: sentence.end };
}

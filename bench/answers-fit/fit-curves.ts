import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { directions, signNames, signsOf } from '../../src/answers/confidence/signs.ts';
import { weightedSum } from '../../src/answers/extractive/weighted-sum.ts';
import { isotonic } from '../abstention/isotonic.ts';
import { fitLogistic, type Logistic, type Observation } from '../abstention/logistic.ts';
import { projectRoot } from '../data.ts';
import type { Metrics } from '../report/report.ts';
import { auroc } from '../verifier/curves.ts';
import type { Collected } from './collect.ts';
import { type RankingWeights, rerank } from './rerank.ts';

const RIDGE = 0.03;

/** What a question counts that was robbed of the sentences that answer it: what is left is nearer than what people ask in vain. */
const ROBBED = 0.3;

/**
 * Fits two curves over the signs of the evidence: whether to answer, on questions that people might ask in vain; and the
 * confidence, on all, asked of their own documents, of those of all sets, and once more without the sentences that answer them. Writes both
 * to src/answers/confidence/fitted-curve.ts.
 */
export async function fitCurves(given: {
  readonly learnt: readonly Collected[];
  /** Those of `learnt` that people might ask in vain as they are. */
  readonly natural: readonly Collected[];
  /** The questions of `learnt`, asked of the documents of all sets in one collection. */
  readonly together: readonly Collected[];
  readonly heldBack: readonly Collected[];
  readonly weights: RankingWeights;
}): Promise<Metrics> {
  const { weights } = given;
  const learnt = given.learnt.map((each) => observe(each, each.ranked, weights));
  const natural = given.natural.map((each) => observe(each, each.ranked, weights));
  const together = given.together.map((each) => observe(each, each.ranked, weights));
  const robbed = given.learnt.filter(({ gold }) => gold.size > 0).map((each) => robbedOf(each, weights));
  const observations = [...learnt, ...together, ...robbed];
  const decision = fitDecision(natural);
  const confidence = fitConfidence(observations);
  await writeCurves({
    decision,
    confidence,
    observations,
    questions: learnt.length,
    decided: natural.length,
  });
  const heldBack = given.heldBack.map((each) => observe(each, each.ranked, weights));
  return {
    decisionAurocHeldBack: areaOf(decision, heldBack),
    confidenceAurocHeldBack: areaOf(confidence, heldBack),
  };
}

/**
 * The curve of the decision: the mean cosine of best sentence and nearest passage, and whether the kind of thing asked for is there. The
 * signs of words are left out: where many sentences compete, the best one has more of them by chance.
 */
function fitDecision(observations: readonly Observation[]): Logistic {
  const at = (signs: readonly number[], name: SignName): number => signs[signNames.indexOf(name)] ?? 0;
  const { bias, weights } = fitLogistic(
    observations.map((each) => ({
      ...each,
      signs: [
        (at(each.signs, 'bestCosine') + at(each.signs, 'passageCosine')) / 2,
        at(each.signs, 'valueKind') + at(each.signs, 'otherKind'),
      ],
    })),
    { ridge: RIDGE, signed: [1, 1] },
  );
  const [cosine = 0, kind = 0] = weights;
  const own: Partial<Record<SignName, number>> = {
    bestCosine: cosine / 2,
    passageCosine: cosine / 2,
    valueKind: kind,
    otherKind: kind,
  };
  return { bias, weights: signNames.map((name) => own[name] ?? 0) };
}

/** The mean of a curve over all signs and of the decision's: many weights from few questions are unsteady. */
function fitConfidence(observations: readonly Observation[]): Logistic {
  const [all, plain] = [fitLogistic(observations, { ridge: RIDGE, signed: directions }), fitDecision(observations)];
  return {
    bias: (all.bias + plain.bias) / 2,
    weights: all.weights.map((weight, at) => (weight + (plain.weights[at] ?? 0)) / 2),
  };
}

type SignName = (typeof signNames)[number];

function observe(
  { asked, evidence, answerable }: Collected,
  sentences: Collected['ranked'],
  weights: RankingWeights,
): Observation {
  const signs = signsOf({ asked, ranked: rerank(sentences, weights), passages: evidence.passages });
  return { signs, positive: answerable };
}

function robbedOf(question: Collected, weights: RankingWeights): Observation {
  const left = question.ranked.filter((each) => !question.gold.has(each));
  return { ...observe(question, left, weights), positive: false, weight: ROBBED };
}

function areaOf({ bias, weights }: Logistic, observations: readonly Observation[]): number {
  return auroc(observations.map(({ signs, positive }) => ({ positive, score: bias + weightedSum(signs, weights) })));
}

async function writeCurves(given: {
  readonly decision: Logistic;
  readonly confidence: Logistic;
  readonly observations: readonly Observation[];
  readonly questions: number;
  readonly decided: number;
}): Promise<void> {
  const { decision, confidence, observations, questions, decided } = given;
  const scored = observations.map(({ signs, positive }) => ({
    score: confidence.bias + weightedSum(signs, confidence.weights),
    positive,
  }));
  const steps = isotonic(scored).map(({ middle, value }) => ({ at: rounded(middle), value: rounded(value) }));
  const text = `/**
 * Written by \`npm run bench -- answers-fit\`: whether to answer, from ${decided} questions of bench/answers/tuning. \`weights\` in the order
 * of \`signNames\`.
 */
export const fittedDecision = {
  bias: ${rounded(decision.bias)},
  weights: [${decision.weights.map(rounded).join(', ')}],
} as const;

/**
 * Written with it: how sure to be, from ${questions} questions, each set alone, all together, and without what answers them. \`steps\` of the calibration, by
 * the middle of the scores they pool.
 */
export const fittedConfidence = {
  bias: ${rounded(confidence.bias)},
  weights: [${confidence.weights.map(rounded).join(', ')}],
  steps: [
${steps.map(({ at, value }) => `    { at: ${at}, value: ${value} },`).join('\n')}
  ],
} as const;
`;
  await writeFile(join(projectRoot, 'src', 'answers', 'confidence', 'fitted-curve.ts'), text);
}

/** To a thousandth. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { directions, LACKING, signNames } from '../../src/answers/confidence/signs.ts';
import { weightedSum } from '../../src/answers/extractive/weighted-sum.ts';
import { isotonic } from '../abstention/isotonic.ts';
import { fitLogistic, type Logistic, type Observation } from '../abstention/logistic.ts';
import { projectRoot } from '../data.ts';
import type { Metrics } from '../report/report.ts';
import { auroc } from '../verifier/curves.ts';
import type { Collected } from './collect.ts';
import { observe } from './observe.ts';
import type { RankingWeights } from './rerank.ts';

/** Pulls the weights of the curves to zero. */
const RIDGE = 0.03;

/** What a question counts that was robbed of the sentences that answer it: what is left is nearer than what people ask in vain. */
const ROBBED = 0.3;

/**
 * Fits two curves over all signs of the evidence: whether to answer, and how sure to be. Questions are asked of their own documents and of
 * those of all sets; for the confidence once more without the sentences that answer them. Writes both to
 * src/answers/confidence/fitted-curve.ts.
 */
export async function fitCurves(given: {
  readonly learnt: readonly Collected[];
  /** The questions of `learnt`, asked of the documents of all sets in one collection. */
  readonly together: readonly Collected[];
  readonly heldBack: readonly Collected[];
  readonly weights: RankingWeights;
  /** The logarithm of the odds from which to answer. */
  readonly threshold: number;
}): Promise<Metrics> {
  const { weights, threshold } = given;
  const asked = [...given.learnt, ...given.together].map((each) => observe(each, weights));
  const robbed = given.learnt.filter(({ gold }) => gold.size > 0).map((each) => robbedOf(each, weights));
  const observations = [...asked, ...robbed];
  const fitted = fitDecision(asked);
  const decision = { ...fitted, bias: fitted.bias - threshold };
  const confidence = fitConfidence(observations);
  await writeCurves({ decision, confidence, observations, questions: given.learnt.length });
  const heldBack = given.heldBack.map((each) => observe(each, weights));
  return {
    decisionAurocHeldBack: areaOf(decision, heldBack),
    confidenceAurocHeldBack: areaOf(confidence, heldBack),
  };
}

/** The curve of the decision: all signs. With one organisation after the other left out it is better by far than nearness and kind alone. */
export function fitDecision(observations: readonly Observation[]): Logistic {
  return fitLogistic(observations, { ridge: RIDGE, signed: directions });
}

/** A plain curve: the mean cosine of best sentence and nearest passage. */
function fitNearness(observations: readonly Observation[]): Logistic {
  const at = (signs: readonly number[], name: SignName): number => signs[signNames.indexOf(name)] ?? 0;
  const { bias, weights } = fitLogistic(
    observations.map((each) => ({
      ...each,
      signs: [(at(each.signs, 'bestCosine') + at(each.signs, 'passageCosine')) / 2],
    })),
    { ridge: RIDGE, signed: [1] },
  );
  const [cosine = 0] = weights;
  const own: Partial<Record<SignName, number>> = { bestCosine: cosine / 2, passageCosine: cosine / 2 };
  return { bias, weights: signNames.map((name) => own[name] ?? 0) };
}

/**
 * The mean of a curve over all signs but the kind of thing asked for and of a plain one: how sure to be of the passages has to hold for
 * questions and sources of another sort, too, whose kinds the lists of words do not know.
 */
function fitConfidence(observations: readonly Observation[]): Logistic {
  const isKind = signNames.map((name) => LACKING.some((kind) => kind === name));
  const others = observations.map((each) => ({
    ...each,
    signs: each.signs.map((sign, at) => (isKind[at] === true ? 0 : sign)),
  }));
  const [all, plain] = [fitLogistic(others, { ridge: RIDGE, signed: directions }), fitNearness(observations)];
  return {
    bias: (all.bias + plain.bias) / 2,
    weights: all.weights.map((weight, at) => (weight + (plain.weights[at] ?? 0)) / 2),
  };
}

type SignName = (typeof signNames)[number];

function robbedOf(question: Collected, weights: RankingWeights): Observation {
  const ranked = question.ranked.filter((each) => !question.gold.has(each));
  return { ...observe({ ...question, ranked }, weights), positive: false, weight: ROBBED };
}

function areaOf({ bias, weights }: Logistic, observations: readonly Observation[]): number {
  return auroc(observations.map(({ signs, positive }) => ({ positive, score: bias + weightedSum(signs, weights) })));
}

async function writeCurves(given: {
  readonly decision: Logistic;
  readonly confidence: Logistic;
  readonly observations: readonly Observation[];
  readonly questions: number;
}): Promise<void> {
  const { decision, confidence, observations, questions } = given;
  const scored = observations.map(({ signs, positive }) => ({
    score: confidence.bias + weightedSum(signs, confidence.weights),
    positive,
  }));
  const steps = isotonic(scored).map(({ middle, value }) => ({ at: rounded(middle), value: rounded(value) }));
  const text = `/**
 * Written by \`npm run bench -- answers-fit\`: whether to answer, from ${questions} questions of bench/answers/tuning, each asked of its own documents
 * and of those of all sets. \`weights\` in the order of \`signNames\`.
 */
export const fittedDecision = {
  bias: ${rounded(decision.bias)},
  weights: [${decision.weights.map(rounded).join(', ')}],
} as const;

/**
 * Written with it: how sure to be, from the same questions, and once more without what answers them. \`steps\` of the calibration, by
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

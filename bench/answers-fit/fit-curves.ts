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
import { type Look, observe } from './observe.ts';
import type { RankingWeights } from './rerank.ts';

/** Pulls the weights of the curves to zero. */
const RIDGE = 0.03;

/** What a question counts that was robbed of the sentences that answer it: what is left is nearer than what people ask in vain. */
const ROBBED = 0.3;

/** What is fitted for one look at the evidence. */
interface Curves {
  readonly decision: Logistic;
  readonly confidence: Logistic;
  readonly steps: readonly { readonly at: number; readonly value: number }[];
}

/**
 * Fits two curves over all signs of the evidence: whether to answer, and how sure to be; each for sentences that the reader of answers has
 * read and for others. Questions are asked of their own documents and of those of all sets; for the confidence once more without the
 * sentences that answer them. Writes them to src/answers/confidence/fitted-curve.ts.
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
  const { weights } = given;
  const looks = { unread: { weights, isRead: false }, read: { weights, isRead: true } };
  const fitted = { unread: fitLook(given, looks.unread), read: fitLook(given, looks.read) };
  await writeCurves(fitted, given.learnt.length);
  const area = (by: keyof typeof looks, curve: 'decision' | 'confidence'): number =>
    areaOf(
      fitted[by][curve],
      given.heldBack.map((each) => observe(each, looks[by])),
    );
  return {
    unreadDecisionAurocHeldBack: area('unread', 'decision'),
    unreadConfidenceAurocHeldBack: area('unread', 'confidence'),
    readDecisionAurocHeldBack: area('read', 'decision'),
    readConfidenceAurocHeldBack: area('read', 'confidence'),
  };
}

function fitLook(
  given: {
    readonly learnt: readonly Collected[];
    readonly together: readonly Collected[];
    /** The logarithm of the odds from which to answer. */
    readonly threshold: number;
  },
  look: Look,
): Curves {
  const asked = [...given.learnt, ...given.together].map((each) => observe(each, look));
  const robbed = given.learnt.filter(({ gold }) => gold.size > 0).map((each) => robbedOf(each, look));
  const observations = [...asked, ...robbed];
  const decision = fitDecision(asked);
  const confidence = fitConfidence(observations);
  const scored = observations.map(({ signs, positive }) => ({
    score: confidence.bias + weightedSum(signs, confidence.weights),
    positive,
  }));
  const steps = isotonic(scored).map(({ middle, value }) => ({ at: rounded(middle), value: rounded(value) }));
  return { decision: { ...decision, bias: decision.bias - given.threshold }, confidence, steps };
}

/** The curve of the decision: all signs. With one organisation after the other left out it is better by far than nearness and kind alone. */
export function fitDecision(observations: readonly Observation[]): Logistic {
  return fitLogistic(observations, { ridge: RIDGE, signed: directionsOf(observations) });
}

/** Of as many signs as the observations have. */
function directionsOf([first]: readonly Observation[]): readonly number[] {
  return directions.slice(0, first?.signs.length ?? 0);
}

/** A plain curve: the mean cosine of best sentence and nearest passage, and what was read. */
function fitNearness(observations: readonly Observation[]): Logistic {
  const at = (signs: readonly number[], name: SignName): number => signs[signNames.indexOf(name)] ?? 0;
  const plain = observations.map((each) => ({
    ...each,
    signs: [
      (at(each.signs, 'bestCosine') + at(each.signs, 'passageCosine')) / 2,
      ...each.signs.slice(signNames.length),
    ],
  }));
  const { bias, weights } = fitLogistic(plain, { ridge: RIDGE, signed: plain[0]?.signs.map(() => 1) ?? [] });
  const [cosine = 0, ...read] = weights;
  const own: Partial<Record<SignName, number>> = { bestCosine: cosine / 2, passageCosine: cosine / 2 };
  return { bias, weights: [...signNames.map((name) => own[name] ?? 0), ...read] };
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
  const [all, plain] = [
    fitLogistic(others, { ridge: RIDGE, signed: directionsOf(observations) }),
    fitNearness(observations),
  ];
  return {
    bias: (all.bias + plain.bias) / 2,
    weights: all.weights.map((weight, at) => (weight + (plain.weights[at] ?? 0)) / 2),
  };
}

type SignName = (typeof signNames)[number];

function robbedOf(question: Collected, look: Look): Observation {
  const ranked = question.ranked.filter((each) => !question.gold.has(each));
  return { ...observe({ ...question, ranked }, look), positive: false, weight: ROBBED };
}

function areaOf({ bias, weights }: Logistic, observations: readonly Observation[]): number {
  return auroc(observations.map(({ signs, positive }) => ({ positive, score: bias + weightedSum(signs, weights) })));
}

async function writeCurves(fitted: Readonly<Record<'unread' | 'read', Curves>>, questions: number): Promise<void> {
  const written = (of: (curves: Curves) => string): string =>
    Object.entries(fitted)
      .map(([name, curves]) => `  ${name}: {\n${of(curves)}\n  },`)
      .join('\n');
  const line = ({ bias, weights }: Logistic): string =>
    `    bias: ${rounded(bias)},\n    weights: [${weights.map(rounded).join(', ')}],`;
  const steps = (curves: Curves): string =>
    curves.steps.map(({ at, value }) => `      { at: ${at}, value: ${value} },`).join('\n');
  const text = `/**
 * Written by \`npm run bench -- answers-fit\`: whether to answer, from ${questions} questions of bench/answers/tuning, each asked of its own documents
 * and of those of all sets. \`weights\` in the order of \`signNames\`, for sentences that were read by the reader of answers followed by
 * \`readSignNames\`.
 */
export const fittedDecision = {
${written(({ decision }) => line(decision))}
} as const;

/**
 * Written with it: how sure to be, from the same questions, and once more without what answers them. \`steps\` of the calibration, by
 * the middle of the scores they pool.
 */
export const fittedConfidence = {
${written((curves) => `${line(curves.confidence)}\n    steps: [\n${steps(curves)}\n    ],`)}
} as const;
`;
  await writeFile(join(projectRoot, 'src', 'answers', 'confidence', 'fitted-curve.ts'), text);
}

/** To a thousandth. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

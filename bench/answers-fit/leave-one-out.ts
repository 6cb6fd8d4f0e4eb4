import { chooseSentences } from '../../src/answers/extractive/choose-sentences.ts';
import { isSureOfAnswer } from '../../src/answers/extractive/decide.ts';
import type { ScoredSentence } from '../../src/answers/extractive/score-sentences.ts';
import { weightedSum } from '../../src/answers/extractive/weighted-sum.ts';
import type { Logistic, Observation } from '../abstention/logistic.ts';
import type { Metrics } from '../report/report.ts';
import type { Collected } from './collect.ts';
import { fitDecision } from './fit-curves.ts';
import { fitRanking } from './fit-ranking.ts';
import { type Look, lookAt, observe } from './observe.ts';
import type { RankingWeights } from './rerank.ts';

/**
 * The logarithm of the odds from which the decision answers. With one organisation after the other left out it had the best sum of the three
 * figures, alone and together, when the whole course of an answer was followed: the parts of a question by themselves, and the second look that
 * is taken before abstaining. What is measured here is the first look; around it the sum changes by little more than a hundredth of itself from −.5 to 0.
 */
export const ANSWER_FROM = -0.4;

/** What became of an organisation's questions: each 0…1, higher is better. */
interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly abstentionF1: number;
}

/** A left-out organisation's question as the others' weights see it. */
interface Judged {
  readonly question: Collected;
  readonly ranked: readonly ScoredSentence[];
  readonly answers: boolean;
}

/**
 * Fits ranking and decision without one organisation after the other and measures each on the one left out, asked alone and with the
 * documents of all: the share of good citations, of gold that is cited, and the F1 of abstaining. Organisations count the same.
 * @param given every question twice: of its own documents, and of those of all in one collection
 */
export function leaveOneOut(given: {
  readonly alone: readonly Collected[];
  readonly together: readonly Collected[];
  /** Whether the reader of answers reads the best sentence. */
  readonly isRead: boolean;
}): Metrics {
  const { isRead } = given;
  const names = [...new Set(given.alone.map(({ organisation }) => organisation))];
  const left = names.map((name) => {
    const others = (each: Collected): boolean => each.organisation !== name;
    const weights = fitRanking(given.alone.filter(others));
    const learnt = [...given.alone, ...given.together].filter(others);
    const curveOf = (look: Look): Logistic => fitDecision(learnt.map((each) => observe(each, look)));
    const curves = {
      weights,
      unread: curveOf({ weights, isRead: false }),
      read: isRead ? curveOf({ weights, isRead: true }) : null,
    };
    const own = (questions: readonly Collected[]): Figures =>
      figuresOf(questions.filter((each) => !others(each)).map((each) => judgedBy(each, curves)));
    return { name, alone: own(given.alone), together: own(given.together) };
  });
  return {
    ...named('leftOut', macro(left.map(({ alone }) => alone))),
    ...named('leftOutTogether', macro(left.map(({ together }) => together))),
    ...Object.assign({}, ...left.map(({ name, alone }) => named(name, alone))),
  };
}

/** The others' weights, and their curves; `read` null: nothing is read. */
interface Curves {
  readonly weights: RankingWeights;
  readonly unread: Logistic;
  readonly read: Logistic | null;
}

/** As the product decides: words and nearness where they are sure of an answer, else what is read. */
function judgedBy(question: Collected, { weights, unread, read }: Curves): Judged {
  const plain = { weights, isRead: false };
  const leaning = oddsBy(unread, observe(question, plain));
  const isRead = read !== null;
  const isSure = !isRead || isSureOfAnswer(leaning - ANSWER_FROM);
  const look = { weights, isRead: !isSure };
  const odds = isSure ? leaning : oddsBy(read, observe(question, look));
  return { question, ranked: lookAt(question, look).ranked, answers: odds >= ANSWER_FROM };
}

function oddsBy({ bias, weights }: Logistic, { signs }: Observation): number {
  return bias + weightedSum(signs, weights);
}

function figuresOf(judged: readonly Judged[]): Figures {
  let [cited, good, shown, abstained, rightly] = [0, 0, 0, 0, 0];
  for (const each of judged) {
    const { question, ranked } = each;
    const answers = each.answers && ranked.length > 0;
    if (!answers) abstained += 1;
    if (!answers && !question.answerable) rightly += 1;
    if (!answers || !question.answerable) continue;
    const chosen = chooseSentences(ranked, question.asked);
    const showing = chosen.filter(({ sentence }) => [...question.gold].some((gold) => gold.sentence === sentence));
    cited += chosen.length;
    good += showing.length;
    shown += question.needsAll ? Math.min(1, showing.length / question.wanted) : Math.min(1, showing.length);
  }
  const unanswerable = judged.filter(({ question }) => !question.answerable).length;
  return {
    precision: good / Math.max(1, cited),
    recall: shown / Math.max(1, judged.length - unanswerable),
    abstentionF1: (2 * rightly) / Math.max(1, abstained + unanswerable),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function macro(all: readonly Figures[]): Figures {
  const over = (key: keyof Figures): number => mean(all.map((each) => each[key]));
  return { precision: over('precision'), recall: over('recall'), abstentionF1: over('abstentionF1') };
}

function named(name: string, { precision, recall, abstentionF1 }: Figures): Metrics {
  return { [`${name}Precision`]: precision, [`${name}Recall`]: recall, [`${name}AbstentionF1`]: abstentionF1 };
}

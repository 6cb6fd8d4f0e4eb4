import { mean, quantile } from '../report/quantiles.ts';
import type { Metrics } from '../report/report.ts';
import type { Outcome } from './judge.ts';

/** Sums outcomes up; bench/README.md says what each figure means. */
export function figures(outcomes: readonly Outcome[]): Metrics {
  const answerable = outcomes.filter(({ question }) => question.answerable);
  const answered = answerable.filter(({ answer }) => answer.kind !== 'abstained');
  const conflicts = outcomes.filter(({ question }) => question.conflict);
  const dated = outcomes.filter(({ question }) => question.asOf !== null);
  const cited = sum(answered, (each) => each.cited);
  const ms = outcomes.map((each) => each.ms);
  return {
    citationPrecision: sum(answered, (each) => each.citedGold) / cited,
    citationNearPrecision: sum(answered, (each) => each.citedNear) / cited,
    citationRecall: mean(answerable.map(({ shown }) => shown)),
    citationRecallAnswered: mean(answered.map(({ shown }) => shown)),
    conflictsFound: share(conflicts, ({ conflictFound }) => conflictFound),
    conflictsInvented: outcomes.filter(({ question, answer }) => !question.conflict && answer.conflicts.length > 0)
      .length,
    asOfCorrect: share(dated, ({ shown, inForce }) => shown === 1 && inForce),
    ...abstention(outcomes),
    retrieved: share(answerable, ({ retrieved }) => retrieved),
    sentencesPerAnswer: sum(answered, ({ answer }) => answer.sentences.length) / answered.length,
    citationsNotThere: sum(outcomes, (each) => each.notThere),
    outOfForce: outcomes.filter(({ inForce }) => !inForce).length,
    questions: outcomes.length,
    answerP50Ms: quantile(ms, 0.5),
    answerP99Ms: quantile(ms, 0.99),
  };
}

function abstention(outcomes: readonly Outcome[]): Metrics {
  const abstained = outcomes.filter(({ answer }) => answer.kind === 'abstained');
  const unanswerable = outcomes.filter(({ question }) => !question.answerable);
  const abstentionPrecision = share(abstained, ({ question }) => !question.answerable);
  const abstentionRecall = share(unanswerable, ({ answer }) => answer.kind === 'abstained');
  const both = abstentionPrecision + abstentionRecall;
  const abstentionF1 = both > 0 ? (2 * abstentionPrecision * abstentionRecall) / both : 0;
  return { abstentionF1, abstentionPrecision, abstentionRecall };
}

/** NaN, which a report leaves out, when there is nothing to share. */
function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.length === 0 ? Number.NaN : items.filter(test).length / items.length;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

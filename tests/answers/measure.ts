import type { Outcome } from './ask-golden-questions.ts';

/** How well the golden questions were answered. Shares are 0…1, higher is better. */
export interface Measures {
  /** Answerable questions whose gold passages were among the passages read. */
  readonly retrieved: number;
  /** Answerable questions whose answer shows its gold passages; abstaining counts as a miss. */
  readonly hit: number;
  /** The same by kind of question. */
  readonly hitByKind: Readonly<Record<string, number>>;
  /** Citations that show a gold passage or stand in its chunk; answerable questions that were answered. */
  readonly citationPrecision: number;
  readonly sentencesPerAnswer: number;
  /** Answers without a citation of a text not valid at the moment asked about; must be 1. */
  readonly inForce: number;
  /** Of the questions abstained from, those that cannot be answered; of those, how many were abstained from. */
  readonly abstentionPrecision: number;
  readonly abstentionRecall: number;
  readonly abstentionF1: number;
  /** Chance that an answerable question gets a higher confidence than an unanswerable one (area under the ROC). */
  readonly confidenceAuc: number;
  /** Wall clock of an answer, milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Median milliseconds by stage. */
  readonly stagesMs: Readonly<Record<string, number>>;
}

/** Sums up outcomes. */
export function measure(outcomes: readonly Outcome[]): Measures {
  const answerable = outcomes.filter((each) => each.question.answerable);
  const unanswerable = outcomes.filter((each) => !each.question.answerable);
  const answered = answerable.filter((each) => each.answer.kind !== 'abstained');
  const kinds = [...new Set(answerable.map((each) => each.question.kind))].sort();
  const ms = outcomes.map((each) => each.ms);
  return {
    retrieved: share(answerable, (each) => each.retrieved),
    hit: share(answerable, (each) => each.hit),
    hitByKind: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        share(
          answerable.filter((each) => each.question.kind === kind),
          (each) => each.hit,
        ),
      ]),
    ),
    citationPrecision: sum(answered, (each) => each.citedWell) / sum(answered, (each) => each.cited),
    sentencesPerAnswer: sum(answered, (each) => each.answer.sentences.length) / answered.length,
    inForce: share(outcomes, (each) => each.inForce),
    ...abstention(outcomes),
    confidenceAuc: areaUnderRoc(answerable.map(confidence), unanswerable.map(confidence)),
    p50Ms: quantile(ms, 0.5),
    p99Ms: quantile(ms, 0.99),
    stagesMs: Object.fromEntries(
      Object.keys(outcomes[0]?.answer.timings ?? {}).map((stage) => [
        stage,
        quantile(
          outcomes.map((each) => each.answer.timings[stage] ?? 0),
          0.5,
        ),
      ]),
    ),
  };
}

function abstention(outcomes: readonly Outcome[]) {
  const abstained = outcomes.filter((each) => each.answer.kind === 'abstained');
  const unanswerable = outcomes.filter((each) => !each.question.answerable);
  const abstentionPrecision = share(abstained, (each) => !each.question.answerable);
  const abstentionRecall = share(unanswerable, (each) => each.answer.kind === 'abstained');
  const both = abstentionPrecision + abstentionRecall;
  const abstentionF1 = both === 0 ? 0 : (2 * abstentionPrecision * abstentionRecall) / both;
  return { abstentionPrecision, abstentionRecall, abstentionF1 };
}

function confidence(outcome: Outcome): number {
  return outcome.answer.confidence;
}

/** Chance that one of `higher` exceeds one of `lower`; a tie counts half (Mann–Whitney U). */
export function areaUnderRoc(higher: readonly number[], lower: readonly number[]): number {
  let won = 0;
  for (const a of higher) for (const b of lower) won += a > b ? 1 : a === b ? 0.5 : 0;
  return won / (higher.length * lower.length);
}

/** The value that a share `q` (0…1) of the values does not exceed, by nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

/** One measure a line, for a person to read. */
export function table(measures: Measures): string {
  const { hitByKind, stagesMs, ...others } = measures;
  const rows = [
    ...Object.entries(others),
    ...Object.entries(hitByKind).map(([kind, value]) => [`hit, ${kind}`, value] as const),
    ...Object.entries(stagesMs).map(([stage, value]) => [`median ${stage}`, value] as const),
  ];
  return rows.map(([name, value]) => `${name.padEnd(24)}${value.toFixed(3).padStart(9)}`).join('\n');
}

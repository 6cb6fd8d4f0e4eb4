import { parseArgs } from 'node:util';
import { detectPersonalData, personalDataTypes } from '../../src/guard/index.ts';
import type { Metrics } from '../report/report.ts';
import { type Counts, countMatches } from './count-matches.ts';
import { generateLabelled } from './generate.ts';
import { type Labelled, readLabelled } from './labelled.ts';
import { trainTagger } from './training/train.ts';

/** Texts generated when no folder is given, and what they are drawn with. */
const GENERATED = { count: 1500, seed: 20_240_601 };

/** Texts composed for `--train`, and what they are drawn with; other sentences than those above. */
const TRAINING = { count: 20_000, seed: 7, folder: new URL('../../models/personal-data/', import.meta.url) };

/** Length of the text whose screening is timed, UTF-16 code units, and how often. */
const TIMED_UNITS = 4096;
const TIMED_RUNS = 101;

/**
 * How well the detectors find what is labelled in a folder (see {@link readLabelled}), or in generated sentences without one.
 * `--train` first trains the tagger of names anew and writes its files. Date of birth and date count as one kind, because the evaluation set knows one; so do the numbers of one country.
 */
export async function measurePii(args: readonly string[]): Promise<Metrics> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { train: { type: 'boolean', default: false } },
  });
  const [folder] = positionals;
  if (values.train) await trainTagger(TRAINING);
  const texts = folder === undefined ? generateLabelled(GENERATED) : await readLabelled(folder);
  const counts = new Map<string, Counts>();
  for (const { text, spans } of texts) {
    const found = detectPersonalData(text).map((span) => ({ ...span, type: asOneKind(span.type) }));
    countMatches(counts, found, spans);
  }
  return { texts: texts.length, ...metricsOf(counts), msPer4Kb: medianMs(texts) };
}

function asOneKind(type: string): string {
  return type === 'date-of-birth' ? 'date' : type;
}

function metricsOf(counts: ReadonlyMap<string, Counts>): Metrics {
  const total: Counts = { right: 0, wrong: 0, missed: 0 };
  const metrics: Metrics = {};
  const ordered = [...counts].sort(([a], [b]) => rankOf(a) - rankOf(b));
  for (const [type, { right, wrong, missed }] of ordered) {
    total.right += right;
    total.wrong += wrong;
    total.missed += missed;
    const name = type.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    metrics[`${name}Precision`] = ratio(right, right + wrong);
    metrics[`${name}Recall`] = ratio(right, right + missed);
  }
  const { right, wrong, missed } = total;
  const [precision, recall] = [ratio(right, right + wrong), ratio(right, right + missed)];
  return { precision, recall, f2: ratio(5 * precision * recall, 4 * precision + recall), ...metrics };
}

function rankOf(type: string): number {
  const rank = personalDataTypes.findIndex((known) => known === type);
  return rank < 0 ? personalDataTypes.length : rank;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000;
}

/** Median time to screen one text of 4,096 code units, made by joining the texts, warm. */
function medianMs(texts: readonly Labelled[]): number {
  const joined = texts.map(({ text }) => text).join('\n');
  const times: number[] = [];
  for (let run = 0; run < TIMED_RUNS; run++) {
    const from = (run * TIMED_UNITS) % Math.max(1, joined.length - TIMED_UNITS);
    const text = joined.slice(from, from + TIMED_UNITS);
    const started = performance.now();
    detectPersonalData(text);
    times.push(performance.now() - started);
  }
  return Math.round((times.sort((a, b) => a - b)[TIMED_RUNS >> 1] ?? 0) * 100) / 100;
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serveFolder, type ServedFolder } from '../answers/serve-folder.ts';
import { seeded } from '../corpus/random.ts';
import { type Metrics, progress } from '../report/report.ts';
import { auroc } from '../verifier/curves.ts';
import { aurocGain, aurocInterval } from './auroc-interval.ts';
import { type AskedPassage, readSample } from './sample.ts';

/** Longest time for one answer. */
const ANSWER_TIMEOUT_MS = 60_000;

/** What one question came to. */
interface Outcome {
  readonly answerable: boolean;
  readonly abstained: boolean;
  readonly confidence: number;
  /** Best of the passages read; 0 when neither ranking had any. */
  readonly bm25: number;
  readonly cosine: number;
}

/**
 * Takes all passages of a sample in, asks all its questions, and measures how well the stored confidence tells questions whose
 * answer is there from others, beside the best passage's BM25 score and cosine.
 */
export async function measureAbstention(args: readonly string[]): Promise<Metrics> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [folder] = positionals;
  if (folder === undefined)
    throw new Error('Name a folder, for example: bench -- abstention ../shared/data/abstention');
  const sample = readSample(folder);
  const documents = await mkdtemp(join(tmpdir(), 'plumbline-abstention-'));
  try {
    await writePassages(documents, sample);
    const served = await serveFolder(documents);
    try {
      return figures(await askAll(served, sample));
    } finally {
      await served.close();
    }
  } finally {
    await rm(documents, { recursive: true, force: true });
  }
}

async function writePassages(folder: string, sample: readonly AskedPassage[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, { title, text }] of sample.entries())
    await writeFile(join(folder, `${String(index).padStart(4, '0')}.md`), `# ${title}\n\n${text}\n`);
}

async function askAll({ platform, collection }: ServedFolder, sample: readonly AskedPassage[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { question, answerable } of sample) {
    const answer = await platform.ask(platform.localContext(), {
      collection,
      text: question,
      asOf: null,
      filter: { op: 'all' },
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    const best = (scores: readonly (number | undefined)[]): number => Math.max(0, ...scores.map((score) => score ?? 0));
    outcomes.push({
      answerable,
      abstained: answer.kind === 'abstained',
      confidence: answer.confidence,
      bm25: best(answer.candidates.map(({ text }) => text?.score)),
      cosine: best(answer.candidates.map(({ vector }) => vector?.score)),
    });
  }
  progress(`${outcomes.length} questions asked`);
  return outcomes;
}

/** Seed of the resamples. */
const SEED = 17;

function figures(outcomes: readonly Outcome[]): Metrics {
  const right = outcomes.filter((each) => !each.answerable && each.abstained).length;
  const abstained = outcomes.filter((each) => each.abstained).length;
  const unanswerable = outcomes.filter((each) => !each.answerable).length;
  return {
    questions: outcomes.length,
    ...areaOf('auroc', outcomes, 'confidence'),
    ...areaOf('aurocBm25', outcomes, 'bm25'),
    ...areaOf('aurocCosine', outcomes, 'cosine'),
    ...gainOver('gainOverBm25', outcomes, 'bm25'),
    ...gainOver('gainOverCosine', outcomes, 'cosine'),
    abstentionF1: round((2 * right) / Math.max(1, abstained + unanswerable)),
    calibrationError: round(calibrationError(outcomes)),
  };
}

type Score = 'confidence' | 'bm25' | 'cosine';

function areaOf(name: string, outcomes: readonly Outcome[], score: Score): Metrics {
  const scored = outcomes.map((each) => ({ positive: each.answerable, score: each[score] }));
  const { low, high } = aurocInterval(scored, seeded(SEED));
  return { [name]: round(auroc(scored)), [`${name}Low`]: round(low), [`${name}High`]: round(high) };
}

function gainOver(name: string, outcomes: readonly Outcome[], score: Score): Metrics {
  const pairs = outcomes.map((each) => ({ positive: each.answerable, score: each.confidence, other: each[score] }));
  const gain = auroc(pairs) - auroc(pairs.map(({ positive, other }) => ({ positive, score: other })));
  const { low, high } = aurocGain(pairs, seeded(SEED));
  return { [name]: round(gain), [`${name}Low`]: round(low), [`${name}High`]: round(high) };
}

/** Bins of equal width that confidences are put in. */
const BINS = 10;

/** Mean distance of confidence and share of answerable questions, bin by bin, weighted (Naeini, Cooper and Hauskrecht 2015). */
function calibrationError(outcomes: readonly Outcome[]): number {
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const own = outcomes.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin);
    const confidence = own.reduce((sum, each) => sum + each.confidence, 0);
    const answerable = own.filter((each) => each.answerable).length;
    error += Math.abs(confidence - answerable) / outcomes.length;
  }
  return error;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

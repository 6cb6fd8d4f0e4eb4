import { type ClaimVerdict, type Judge, judgeVerifier, verifyClaims } from '../../src/answers/index.ts';
import { seeded } from '../corpus/random.ts';
import { mean } from '../report/quantiles.ts';
import type { Metrics } from '../report/report.ts';
import { auroc, balancedAccuracy } from './curves.ts';
import { type Labelled, readLabelledSets } from './labelled.ts';

/** A text counts as carried from here on, in every set. Halfway, chosen before any set was looked at. */
const THRESHOLD = 0.5;
/** Of the claims, about what the best published judge errs on SummEdits. */
const JUDGE_ERRS = 0.15;
const JUDGE_SEED = 1;

/**
 * How well the local level's scores tell texts that follow from their source from texts that do not, and how fast. A text
 * scores as its weakest claim. Reading each source (once) is part of the time.
 */
export async function measureVerifier([folder]: readonly string[]): Promise<Metrics> {
  if (folder === undefined)
    throw new Error('Give the folder: npm run --silent bench -- verifier ../shared/data/grounding');
  const metrics: Metrics = {};
  let claims = 0;
  let seconds = 0;
  const aurocs: number[] = [];
  for (const [name, rows] of await readLabelledSets(folder)) {
    const before = process.cpuUsage();
    const scored: { score: number; positive: boolean }[] = [];
    for (const { text, source, supported } of rows) {
      const verdicts = await verifyClaims(text, [source]);
      claims += verdicts.length;
      scored.push({ score: scoreOf(verdicts), positive: supported });
    }
    const { user, system } = process.cpuUsage(before);
    seconds += (user + system) / 1e6;
    metrics[`auroc${name}`] = auroc(scored);
    metrics[`balancedAccuracy${name}`] = balancedAccuracy(scored, THRESHOLD);
    if (name !== 'Wice') aurocs.push(metrics[`auroc${name}`] ?? 0);
    Object.assign(metrics, await askedOfJudge(name, rows));
  }
  return { ...metrics, aurocSummEditsMean: mean(aurocs), claimsPerSecond: claims / seconds };
}

function scoreOf(verdicts: readonly ClaimVerdict[]): number {
  const scores = verdicts.filter(({ status }) => status !== 'not-a-claim').map(({ score }) => score);
  return scores.length === 0 ? 0 : Math.min(...scores);
}

/**
 * The share of the claims that reach a judge after the free levels, and what its word is worth: balanced accuracy where it is
 * asked about the unsure claims, and where it is asked about all that is not supported or contradicted. The judge is
 * scripted: it knows people's verdict on the text and errs on so many claims, drawn with a seed.
 */
async function askedOfJudge(name: string, rows: readonly Labelled[]): Promise<Metrics> {
  const unsure = await judgedBy('unsure', rows);
  const all = await judgedBy('undecided', rows);
  return {
    [`askedOfJudge${name}`]: unsure.asked,
    [`balancedAccuracyJudged${name}`]: unsure.balancedAccuracy,
    [`balancedAccuracyAllJudged${name}`]: all.balancedAccuracy,
  };
}

async function judgedBy(
  reach: 'unsure' | 'undecided',
  rows: readonly Labelled[],
): Promise<{ asked: number; balancedAccuracy: number }> {
  const random = seeded(JUDGE_SEED);
  let asked = 0;
  let claims = 0;
  const scored: { score: number; positive: boolean }[] = [];
  for (const { text, source, supported } of rows) {
    const judge: Judge = () => {
      asked += 1;
      const says = random() < JUDGE_ERRS ? !supported : supported;
      return Promise.resolve({
        status: says ? 'supported' : 'unverified',
        score: says ? 0.95 : 0.2,
        reason: 'scripted',
        spans: [],
      });
    };
    const verdicts = await verifyClaims(text, [source], { verifiers: [judgeVerifier(judge, reach)] });
    claims += verdicts.length;
    scored.push({ score: scoreOf(verdicts), positive: supported });
  }
  return { asked: asked / claims, balancedAccuracy: balancedAccuracy(scored, THRESHOLD) };
}

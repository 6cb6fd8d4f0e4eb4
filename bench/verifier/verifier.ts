import { type ClaimVerdict, type Judge, judgeVerifier, verifyClaims } from '../../src/answers/index.ts';
import { mean } from '../report/quantiles.ts';
import type { Metrics } from '../report/report.ts';
import { auroc, balancedAccuracy } from './curves.ts';
import { type Labelled, readLabelledSets } from './labelled.ts';

/** A text counts as carried from here on, in every set. Halfway, chosen before any set was looked at. */
const THRESHOLD = 0.5;

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

/** The share of claims that reach a judge after the free levels. */
async function askedOfJudge(name: string, rows: readonly Labelled[]): Promise<Metrics> {
  let asked = 0;
  let claims = 0;
  const judge: Judge = () => {
    asked += 1;
    return Promise.resolve({ status: 'unverified', score: 0.5, reason: 'scripted', spans: [] });
  };
  for (const { text, source } of rows) {
    claims += (await verifyClaims(text, [source], { verifiers: [judgeVerifier(judge)] })).length;
  }
  return { [`askedOfJudge${name}`]: asked / claims };
}

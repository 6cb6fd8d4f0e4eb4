import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureClaim } from '../../src/answers/claims/local/verify-locally.ts';
import type { Features } from '../../src/answers/claims/local/features.ts';
import { isSettled } from '../../src/answers/claims/local/score.ts';
import { seeded } from '../corpus/random.ts';
import { projectRoot } from '../data.ts';
import { readSets } from '../edits/texts.ts';
import type { Metrics } from '../report/report.ts';
import { auroc, balancedAccuracy } from './curves.ts';
import { fitLogistic, predict } from './logistic.ts';
import { libraryOf, makePairs } from './pairs.ts';

/** Sets whose sentences pairs are made of. WiCE's pages are left out: its verdicts are reported on. */
const SETS = ['handbook', 'legal', 'healthver'];
const PAIRS_PER_SET = 8_000;
/** HealthVer gives single sentences; so many make a document. */
const TOGETHER = 20;
const PENALTY = 5;

/** A made pair as numbers. */
interface Row {
  readonly features: Features;
  readonly values: number[];
  readonly positive: boolean;
}

/** Fits the weights of the local score on made pairs and says how well they do on pairs held back (every fourth). */
export async function fitVerifier(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '11' },
      data: { type: 'string', default: process.env['PLUMBLINE_DATA'] ?? join(projectRoot, '..', 'shared', 'data') },
    },
  });
  const { rows, names } = await makeRows(values.data, Number(values.seed));
  // Pairs come in twos, one of each kind.
  const isHeldBack = (_: Row, at: number): boolean => (at >> 1) % 4 === 0;
  const fitted = fitLogistic(
    rows.filter((row, at) => !isHeldBack(row, at)),
    PENALTY,
  );
  const held = rows.filter(isHeldBack).map((row) => ({ ...row, score: predict(fitted, row.values) }));
  const weights = names.map((name, at) => [`weight.${name}`, fitted.weights[at] ?? 0] as const);
  return {
    ...Object.fromEntries(weights),
    bias: fitted.bias,
    auroc: auroc(held),
    balancedAccuracy: balancedAccuracy(held, 0.5),
    ...errorsOutside(held),
    pairs: rows.length,
  };
}

async function makeRows(data: string, seed: number): Promise<{ rows: Row[]; names: string[] }> {
  const random = seeded(seed);
  const sets = await readSets(data);
  const rows: Row[] = [];
  let names: string[] = [];
  for (const set of SETS) {
    const library = libraryOf(documentsOf(set, sets.get(set) ?? []));
    if (library.length === 0)
      throw new Error(`There are no texts of ${set} in ${data}: give the test data with --data.`);
    for (const { claim, source, supported } of makePairs(library, random, PAIRS_PER_SET)) {
      const features = measureClaim(taskOf(claim, source));
      if (features === null) continue;
      names = Object.keys(features);
      rows.push({ features, values: Object.values(features), positive: supported });
    }
  }
  return { rows, names };
}

function documentsOf(set: string, documents: readonly string[]): readonly string[] {
  if (set !== 'healthver') return documents;
  return documents.flatMap((_, i) => (i % TOGETHER === 0 ? [documents.slice(i, i + TOGETHER).join('\n')] : []));
}

function taskOf(text: string, source: string): Parameters<typeof measureClaim>[0] {
  const claim = { text, start: 0, end: text.length, sentence: 0, cites: null, isClaim: true };
  return { claim, sources: [{ id: 's1', text: source }] };
}

/** What is lost where the level's word stands: settled made claims below and above one half, and the share that is not settled. */
function errorsOutside(held: readonly (Row & { readonly score: number })[]): Metrics {
  const settled = held.filter(({ features, score }) => isSettled(features, score));
  const below = settled.filter(({ score }) => score < 0.5);
  const above = settled.filter(({ score }) => score > 0.5);
  return {
    wrongBelow: below.filter(({ positive }) => positive).length / below.length,
    wrongAbove: above.filter(({ positive }) => !positive).length / above.length,
    unsure: 1 - (below.length + above.length) / held.length,
  };
}

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { COMPARED } from '../../src/answers/extractive/rank-sentences.ts';
import { weightedSum } from '../../src/answers/extractive/weighted-sum.ts';
import { projectRoot } from '../data.ts';
import { type Metrics, progress } from '../report/report.ts';
import { type Collected, collectSet, collectTogether } from './collect.ts';
import { fitCurves } from './fit-curves.ts';
import { fitKinship } from './fit-kinship.ts';
import { fitRanking } from './fit-ranking.ts';
import { ANSWER_FROM, leaveOneOut } from './leave-one-out.ts';
import { byScore, type RankingWeights } from './rerank.ts';

/** Sets of bench/answers/tuning that are learnt from, and those that what was learnt is compared on. */
const LEARNT = ['town', 'university', 'housing', 'energy', 'railway', 'insurer', 'orchard'].map(tuningFolder);
const HELD_BACK = ['workshop', 'hotel', 'software'].map(tuningFolder);

/**
 * Learns from bench/answers/tuning how sentences are ranked, whether to answer and how sure to be, and writes the weights into
 * src/answers. `--words` makes the vectors of words anew instead.
 */
export async function fitAnswers(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: { words: { type: 'boolean', default: false }, data: { type: 'string' } },
  });
  if (values.words) return { terms: await fitKinship(dataFolder(values.data)) };
  const learnt = await collectSets(LEARNT);
  const heldBack = await collectSets(HELD_BACK);
  const together = await collectTogether(LEARNT);
  const weights = fitRanking(learnt);
  await writeRanking(weights, learnt.length);
  return {
    questions: learnt.length,
    firstLearnt: shareFirst(learnt, weights.byMeaning, 1),
    firstHeldBack: shareFirst(heldBack, weights.byMeaning, 1),
    comparedLearnt: shareFirst(learnt, weights.byWords, COMPARED),
    comparedHeldBack: shareFirst(heldBack, weights.byWords, COMPARED),
    ...leaveOneOut({ alone: learnt, together, isRead: true }),
    ...prefixed('unread', leaveOneOut({ alone: learnt, together, isRead: false })),
    ...(await fitCurves({ learnt, together, heldBack, weights, threshold: ANSWER_FROM })),
  };
}

function tuningFolder(name: string): string {
  return join(projectRoot, 'bench', 'answers', 'tuning', name);
}

function prefixed(prefix: string, metrics: Metrics): Metrics {
  const named = Object.entries(metrics).map(([name, value]) => [
    `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    value,
  ]);
  return Object.fromEntries(named) as Metrics;
}

function dataFolder(given: string | undefined): string {
  const data = given ?? process.env['PLUMBLINE_DATA'] ?? join(projectRoot, '..', 'shared', 'data');
  if (!existsSync(data)) throw new Error(`${data} is not there. Name the folder of the test data with --data.`);
  return data;
}

async function collectSets(folders: readonly string[]): Promise<Collected[]> {
  const collected: Collected[] = [];
  for (const folder of folders) collected.push(...(await collectSet(folder)));
  return collected;
}

/** Share of the answerable questions with an answering sentence among the first. */
function shareFirst(questions: readonly Collected[], weights: readonly number[], first: number): number {
  const answerable = questions.filter(({ answerable: is, needsAll }) => is && !needsAll);
  const found = answerable.filter(({ ranked, gold }) =>
    byScore(ranked, (traits) => weightedSum(traits.slice(0, weights.length), weights))
      .slice(0, first)
      .some((each) => gold.has(each)),
  );
  return found.length / answerable.length;
}

async function writeRanking({ byWords, byMeaning }: RankingWeights, questions: number): Promise<void> {
  const text = `/**
 * Written by \`npm run bench -- answers-fit\`: what each trait of a sentence is worth, in the order of \`traitNames\`, by maximum
 * likelihood of the answering sentence (softmax over a question's candidates) on ${questions} questions of bench/answers/tuning. A score is
 * the logarithm of the odds of being the answer, up to a constant: by its words, then with its meaning.
 */
export const rankingWeights = {
  byWords: [${byWords.join(', ')}],
  byMeaning: [${byMeaning.join(', ')}],
} as const;
`;
  await writeFile(join(projectRoot, 'src', 'answers', 'extractive', 'ranking-weights.ts'), text);
  progress('ranking weights written');
}

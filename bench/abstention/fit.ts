import { subscribe } from 'node:diagnostics_channel';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signNames } from '../../src/answers/confidence/signs.ts';
import { readGoldenFolder } from '../answers/layout.ts';
import { serveFolder } from '../answers/serve-folder.ts';
import { below, type Random, seeded } from '../corpus/random.ts';
import { readRetrievalSet } from '../quality/beir.ts';
import { progress } from '../report/report.ts';
import { dot, fitLogistic, type Observation } from './logistic.ts';
import { isotonic } from './isotonic.ts';

/** A question asked with all documents but some. */
interface Trial {
  readonly question: string;
  readonly asOf: number | null;
  /** Documents that are kept from it, by path. */
  readonly without: readonly string[];
  readonly answerable: boolean;
}

const SEED = 5;
const RIDGE = 0.03;
/** Questions and documents drawn from the second set: as many as the machine embeds in a minute or two. */
const DRAWN = { questions: 110, documents: 560 };

/**
 * Fits the confidence on questions that people wrote: the sample workspace's, and some of Cranfield's. Each answerable one is
 * asked twice: with all documents, and without those that answer it, which leaves what is merely near. Writes the curve to
 * src/answers/confidence/fitted-curve.ts.
 * @param cranfield folder in the BEIR layout
 * @returns questions asked
 */
export async function fitConfidence(cranfield: string): Promise<number> {
  const handbook = readGoldenFolder(fileURLToPath(new URL('../../samples/handbook', import.meta.url)));
  const trials = handbook.questions.flatMap(({ question, asOf, answerable, gold }): Trial[] => {
    const asked = { question, asOf, without: [], answerable };
    const without = [...new Set(gold.map(({ document }) => document))];
    return answerable ? [asked, { ...asked, without, answerable: false }] : [asked];
  });
  const observations = await observe(handbook.documents, trials);
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-fit-'));
  try {
    observations.push(...(await observe(folder, await drawTrials(cranfield, folder))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await writeCurve(observations);
  return observations.length;
}

async function drawTrials(cranfield: string, folder: string): Promise<Trial[]> {
  const random = seeded(SEED);
  const { documents, queries, judgements } = await readRetrievalSet(cranfield);
  const chosen = drawn(queries, DRAWN.questions, random).map(({ id, text }) => ({
    text,
    relevant: relevantTo(judgements.get(id)),
  }));
  const needed = new Set(chosen.flatMap(({ relevant }) => relevant));
  const others = documents.filter(({ id }) => !needed.has(id));
  const rest = drawn(others, Math.max(0, DRAWN.documents - needed.size), random);
  await mkdir(folder, { recursive: true });
  for (const { id, title, text } of [...documents.filter((each) => needed.has(each.id)), ...rest])
    await writeFile(join(folder, `${id}.md`), `# ${title}\n\n${text}\n`);
  return chosen.flatMap(({ text, relevant }): Trial[] => {
    const asked = { question: text, asOf: null, without: [], answerable: true };
    return [asked, { ...asked, without: relevant.map((id) => `${id}.md`), answerable: false }];
  });
}

function relevantTo(grades: ReadonlyMap<string, number> | undefined): string[] {
  return [...(grades ?? [])].filter(([, grade]) => grade > 0).map(([id]) => id);
}

function drawn<T>(items: readonly T[], count: number, random: Random): T[] {
  const left = [...items];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(random, left.length), 1)).flat();
}

/** Asks the questions and listens to the signs. */
async function observe(documents: string, trials: readonly Trial[]): Promise<Observation[]> {
  const served = await serveFolder(documents);
  const observations: Observation[] = [];
  let signs: readonly number[] = [];
  const listen = (message: unknown): void => void (signs = (message as { readonly signs: readonly number[] }).signs);
  subscribe('plumbline:answers:signs', listen);
  try {
    for (const { question, asOf, without, answerable } of trials) {
      signs = [];
      await served.platform.ask(served.platform.localContext(), {
        collection: served.collection,
        text: question,
        asOf,
        filter: { op: 'not', clause: { op: 'in', field: 'externalId', values: without } },
        signal: AbortSignal.timeout(60_000),
      });
      if (signs.length > 0) observations.push({ signs, positive: answerable });
    }
  } finally {
    await served.close();
  }
  progress(`${observations.length} questions asked of ${documents}`);
  return observations;
}

async function writeCurve(observations: readonly Observation[]): Promise<void> {
  const signed = signNames.map((name) => (name === 'kindMissing' ? -1 : 1));
  const { bias, weights } = fitLogistic(observations, { ridge: RIDGE, signed });
  const scored = observations.map(({ signs, positive }) => ({ score: bias + dot(weights, signs), positive }));
  const steps = isotonic(scored).map(({ middle, value }) => ({ at: rounded(middle), value: rounded(value) }));
  const text = `/**
 * Written by \`npm run bench -- abstention --fit\`: ${observations.length} questions of people on the sample workspace and on Cranfield, with
 * the documents that answer them and without. \`weights\` in the order of \`signNames\`; \`steps\` of the calibration, by the middle of
 * the scores they pool.
 */
export const fittedCurve = {
  bias: ${rounded(bias)},
  weights: [${weights.map(rounded).join(', ')}],
  steps: [
${steps.map(({ at, value }) => `    { at: ${at}, value: ${value} },`).join('\n')}
  ],
} as const;
`;
  await writeFile(new URL('../../src/answers/confidence/fitted-curve.ts', import.meta.url), text);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

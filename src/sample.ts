import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Platform } from './platform.ts';
import { getInstallation, setInstallation } from './store/index.ts';

/** Collection of the sample workspace. */
export const SAMPLE_COLLECTION = 'handbook';

/** Beside `src/` in a checkout and beside `dist/` in the package. */
const SAMPLE = new URL('../samples/handbook/', import.meta.url);

const OFFERED = 'sampleOffered';

interface GoldenQuestion {
  readonly question: string;
  readonly example?: boolean;
  readonly first?: boolean;
}

/**
 * Puts the sample workspace into a new home and waits until all of it can be found. Once per home: what a person
 * deletes stays deleted.
 * @returns whether it was put in now
 */
export async function offerSample(platform: Platform): Promise<boolean> {
  const context = platform.localContext();
  if (!platform.config.sample) return false;
  const offered = await platform.database.withSystem('sample', (tx) => getInstallation<boolean>(tx, OFFERED));
  if (offered === true) return false;
  const collection = await platform.ingest.ensureCollection(context, {
    name: SAMPLE_COLLECTION,
    settings: { exampleQuestions: await exampleQuestions() },
  });
  const root = fileURLToPath(new URL('documents', SAMPLE));
  await platform.ingest.startRun(context, collection, {
    spec: { kind: 'folder', root, include: [], exclude: [] },
    options: { force: false, confirmDeletions: false },
  });
  await platform.database.withSystem('sample', (tx) => setInstallation(tx, OFFERED, true));
  await platform.ingest.idle(context);
  return true;
}

/** The question printed at start. */
export async function firstQuestion(): Promise<string> {
  const questions = await goldenQuestions();
  const first = questions.find((each) => each.first === true) ?? questions[0];
  return first?.question ?? '';
}

async function exampleQuestions(): Promise<string[]> {
  return (await goldenQuestions()).filter((each) => each.example === true).map((each) => each.question);
}

async function goldenQuestions(): Promise<GoldenQuestion[]> {
  const lines = (await readFile(new URL('questions.jsonl', SAMPLE), 'utf8')).split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as GoldenQuestion);
}

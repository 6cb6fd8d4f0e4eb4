import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metrics } from '../report/report.ts';
import type { Recipe } from './collection.ts';

/** Where an index is built, and what is known of one that was built there before. */
export interface IndexPlace {
  /** Holds the index alone. */
  readonly folder: string;
  /** What building it took; null: it is not built yet. */
  readonly built: Metrics | null;
  /** The true nearest of these questions; null: not known. */
  nearestTo(questions: readonly string[]): Promise<number[][] | null>;
  keepBuilt(built: Metrics): Promise<void>;
  keepNearest(questions: readonly string[], nearest: readonly number[][]): Promise<void>;
  /** Removes what is not to be kept. */
  leave(): Promise<void>;
}

interface Nearest {
  readonly questions: readonly string[];
  readonly nearest: number[][];
}

/**
 * A place for the index of a recipe.
 * @param kept folder to keep it in, so that a later run searches it without building; undefined: it is removed after use
 */
export async function placeFor(recipe: Recipe, kept: string | undefined): Promise<IndexPlace> {
  const home =
    kept === undefined
      ? await mkdtemp(join(tmpdir(), 'plumbline-bench-'))
      : join(kept, `${recipe.arm}-${recipe.chunks}-${recipe.noise.length}-${recipe.noise.spread}`);
  const folder = join(home, 'index');
  const built = await read<Metrics>(join(home, 'built.json'));
  // Without that file it was not finished: what is there is of no use.
  if (built === null) await rm(home, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const nearestFile = join(home, 'nearest.json');
  return {
    folder,
    built,
    nearestTo: async (questions) => {
      const known = await read<Nearest>(nearestFile);
      return known !== null && isSame(known.questions, questions) ? known.nearest : null;
    },
    keepBuilt: (metrics) => write(join(home, 'built.json'), metrics),
    keepNearest: (questions, nearest) => write(nearestFile, { questions, nearest }),
    leave: async () => {
      if (kept === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}

async function read<T>(file: string): Promise<T | null> {
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as T) : null;
}

/** Whole or not at all. */
async function write(file: string, content: unknown): Promise<void> {
  await writeFile(`${file}.part`, JSON.stringify(content));
  await rename(`${file}.part`, file);
}

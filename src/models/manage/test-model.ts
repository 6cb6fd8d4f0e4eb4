import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { defaultModel } from '../default-model.ts';
import { ModelUnknown } from '../errors.ts';
import { createDefaultEmbedder, createFolderEmbedder } from '../local/local-embedder.ts';
import type { WarmEmbedder } from '../warm-embedder.ts';
import { listModels } from './list-models.ts';
import { folderOfModel, isModelName } from './models-home.ts';

/** What trying a model showed. */
export interface ModelReport {
  readonly id: string;
  /** Absolute path. */
  readonly folder: string;
  readonly dimensions: number;
  readonly maxTokens: number;
  /** Until the first text could be embedded. */
  readonly loadMs: number;
  /** Median over texts of about 50 words, one worker. */
  readonly msPerText: number;
  /** Whether a paraphrase is nearer than an unrelated text; false: the model is broken or of another language. */
  readonly plausible: boolean;
  /** Against stored vectors, where the folder has a parity.json: the lowest cosine should be ≥ .999. Else null. */
  readonly parity: { readonly texts: number; readonly lowestCosine: number } | null;
}

const parityFile = z.array(z.object({ text: z.string(), vector: z.array(z.number()) }));
const RENT = 'The tenant pays the rent on the first day of every month.';
const PARAPHRASE = 'Rent is due from the renter monthly, on day one.';
const UNRELATED = 'Blue whales feed on krill in cold oceans.';
const TIMED_TEXTS = 12;

/**
 * Loads a model, embeds a few texts, and says what came out.
 * @param given the shipped model's name or `default`, a pulled model's name, or a path
 * @param options `declared`: names of the registry's models, to be listed when there is no model of that name
 * @throws ModelUnknown, ModelInvalid, EmbedderFailed, OperationAborted
 */
export async function testModel(
  given: string,
  options: { readonly home: string; readonly declared?: readonly string[]; readonly signal?: AbortSignal },
): Promise<ModelReport> {
  const folder = folderOfModel(options.home, given);
  if (isModelName(given) && !existsSync(folder)) {
    const installed = await listModels(options.home);
    throw new ModelUnknown(given, { declared: options.declared ?? [], installed: installed.map(({ name }) => name) });
  }
  const started = performance.now();
  const shipped = folder === defaultModel.folder;
  const embedder = shipped ? createDefaultEmbedder({ workers: 1 }) : await createFolderEmbedder(folder, { workers: 1 });
  const embed = (texts: string[]): Promise<Float32Array[]> =>
    embedder.embed(texts, { purpose: 'document', ...(options.signal && { signal: options.signal }) });
  try {
    await embed([RENT]);
    const loadMs = performance.now() - started;
    const { id, dimensions, maxTokens } = embedder;
    const [rent, paraphrase, unrelated] = await embed([RENT, PARAPHRASE, UNRELATED]);
    const plausible = cosine(rent, paraphrase) > cosine(rent, unrelated);
    const parity = await checkParity(folder, embed);
    return {
      id,
      folder,
      dimensions,
      maxTokens,
      loadMs,
      msPerText: await time(embedder, options.signal),
      plausible,
      parity,
    };
  } finally {
    await embedder.close();
  }
}

async function time(embedder: WarmEmbedder, signal: AbortSignal | undefined): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < TIMED_TEXTS; index++) {
    const started = performance.now();
    const text = `${index} ${RENT} ${PARAPHRASE} ${UNRELATED} ${RENT} ${PARAPHRASE}`;
    await embedder.embed([text], { purpose: 'document', ...(signal && { signal }) });
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[TIMED_TEXTS / 2] ?? 0;
}

async function checkParity(
  folder: string,
  embed: (texts: string[]) => Promise<Float32Array[]>,
): Promise<ModelReport['parity']> {
  const text = await readFile(join(folder, 'parity.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const expected = parityFile.parse(JSON.parse(text));
  const vectors = await embed(expected.map((one) => one.text));
  const cosines = expected.map((one, index) => cosine(vectors[index], one.vector));
  return { texts: expected.length, lowestCosine: Math.min(...cosines) };
}

function cosine(a: Float32Array | undefined, b: ArrayLike<number> | undefined): number {
  return (a ?? new Float32Array()).reduce((sum, value, index) => sum + value * (b?.[index] ?? 0), 0);
}

import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { NliModelInvalid } from './errors.ts';

/** What a worker must know to run an inference model. Plain data: it travels to the worker. */
export interface NliDescription {
  /** Absolute path; holds tokenizer.json. */
  readonly folder: string;
  /** Relative to the folder. */
  readonly onnxFile: string;
  /** Special tokens included. */
  readonly maxTokens: number;
  /** Positions of the classes that count among the model's outputs. */
  readonly classes: { readonly entailment: number; readonly contradiction: number };
  readonly classCount: number;
}

/** Where exporters put the model, the smallest first. */
const ONNX_FILES = ['onnx/model_quantized.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'model.onnx'];
/** Longest window that is ever used. Tokens. */
const LARGEST_WINDOW = 512;

const config = z.looseObject({
  id2label: z.record(z.string().regex(/^\d+$/), z.string()),
  max_position_embeddings: z.number().int().positive().optional(),
});

/**
 * Reads what the folder of a sequence classifier says of its classes. Only small files are read.
 * @param folder absolute path
 * @throws NliModelInvalid naming the file that is missing or wrong
 */
export async function describeNliModel(folder: string): Promise<NliDescription> {
  const onnxFile = await firstPresent(folder, ONNX_FILES);
  if (onnxFile === null) throw new NliModelInvalid(folder, `none of ${ONNX_FILES.join(', ')} is there.`);
  if ((await firstPresent(folder, ['tokenizer.json'])) === null) {
    throw new NliModelInvalid(folder, 'tokenizer.json is missing.');
  }
  const { id2label, max_position_embeddings: positions = LARGEST_WINDOW } = await readConfig(folder);
  const maxTokens = Math.min(positions, LARGEST_WINDOW);
  return {
    folder,
    onnxFile,
    maxTokens,
    classes: classesOf(folder, id2label),
    classCount: Object.keys(id2label).length,
  };
}

async function readConfig(folder: string): Promise<z.infer<typeof config>> {
  const text = await readFile(join(folder, 'config.json'), 'utf8').catch((error: unknown) => {
    throw new NliModelInvalid(folder, 'config.json is missing.', error);
  });
  try {
    return config.parse(JSON.parse(text));
  } catch (error) {
    throw new NliModelInvalid(folder, 'config.json has no id2label that names the classes.', error);
  }
}

/** Labels are written in many ways: `ENTAILMENT`, `entailment`, `contradictory`. */
function classesOf(folder: string, labels: Readonly<Record<string, string>>): NliDescription['classes'] {
  const position = (...names: string[]): number | null => {
    const found = Object.entries(labels).find(([, label]) => names.includes(label.toLowerCase().trim()));
    return found === undefined ? null : Number(found[0]);
  };
  const entailment = position('entailment', 'entail', 'entailed');
  const contradiction = position('contradiction', 'contradict', 'contradictory');
  if (entailment === null || contradiction === null) {
    const given = Object.values(labels).join(', ');
    throw new NliModelInvalid(
      folder,
      `its classes are ${given}; entailment and contradiction have to be among id2label of config.json.`,
    );
  }
  return { entailment, contradiction };
}

async function firstPresent(folder: string, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const found = await access(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (found) return name;
  }
  return null;
}

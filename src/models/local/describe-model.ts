import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ModelInvalid } from '../errors.ts';
import type { ModelDescription } from './model-description.ts';

/** Where exporters put the model, the smallest first. */
export const ONNX_FILES = ['onnx/model_quantized.onnx', 'onnx/model.onnx', 'model.onnx'] as const;

/** Longest window assumed when nothing says otherwise, and the most that is ever used. Tokens. */
const LARGEST_WINDOW = 512;

const number = z.number().int().positive();
const config = z.looseObject({ hidden_size: number.optional(), max_position_embeddings: number.optional() });
const sentence = z.looseObject({ max_seq_length: number.nullish() });
const prompts = z.looseObject({ prompts: z.record(z.string(), z.string()).optional() });
const modules = z.array(z.looseObject({ type: z.string() }));
const pooling = z.looseObject({
  word_embedding_dimension: number.optional(),
  pooling_mode: z.string().optional(),
  pooling_mode_cls_token: z.boolean().optional(),
  pooling_mode_mean_tokens: z.boolean().optional(),
});

/**
 * Reads what a sentence-transformers folder says about its model. Only small files are read.
 * @param folder absolute path
 * @throws ModelInvalid naming the file that is missing or wrong
 */
export async function describeModel(folder: string): Promise<ModelDescription> {
  const onnxFile = await firstPresent(folder, ONNX_FILES);
  if (onnxFile === null) throw new ModelInvalid(folder, `none of ${ONNX_FILES.join(', ')} is there.`);
  if ((await firstPresent(folder, ['tokenizer.json'])) === null) {
    throw new ModelInvalid(folder, 'tokenizer.json is missing.');
  }
  const model = await readOptional(folder, 'config.json', config);
  const dense = await hasDenseLayer(folder);
  const poolingConfig = await readOptional(folder, '1_Pooling/config.json', pooling);
  return {
    folder,
    onnxFile,
    dimensions: dense ? null : (model?.hidden_size ?? null),
    maxTokens: await windowOf(folder, model?.max_position_embeddings),
    pooling: dense ? 'inside' : poolingOf(folder, poolingConfig),
    prompts: await promptsOf(folder),
  };
}

async function hasDenseLayer(folder: string): Promise<boolean> {
  const layers = (await readOptional(folder, 'modules.json', modules)) ?? [];
  return layers.some(({ type }) => type.endsWith('Dense'));
}

async function windowOf(folder: string, positions = LARGEST_WINDOW): Promise<number> {
  const given = (await readOptional(folder, 'sentence_bert_config.json', sentence))?.max_seq_length;
  return Math.min(given ?? LARGEST_WINDOW, positions, LARGEST_WINDOW);
}

async function promptsOf(folder: string): Promise<ModelDescription['prompts']> {
  const own = (await readOptional(folder, 'config_sentence_transformers.json', prompts))?.prompts ?? {};
  return { document: own['document'] ?? own['passage'] ?? '', query: own['query'] ?? '' };
}

function poolingOf(folder: string, given: z.infer<typeof pooling> | null): 'mean' | 'cls' {
  if (given === null) return 'mean';
  if (given.pooling_mode === 'cls' || given.pooling_mode_cls_token === true) return 'cls';
  if (given.pooling_mode === 'mean' || given.pooling_mode_mean_tokens === true) return 'mean';
  throw new ModelInvalid(folder, '1_Pooling/config.json asks for a pooling other than mean and cls.');
}

async function firstPresent<Name extends string>(folder: string, names: readonly Name[]): Promise<Name | null> {
  for (const name of names) {
    const found = await access(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (found) return name;
  }
  return null;
}

async function readOptional<Schema extends z.ZodType>(
  folder: string,
  name: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new ModelInvalid(folder, `${name} is not what sentence-transformers writes.`, error);
  }
}

/** The folder's name as a part of an id: lower case letters, digits and `-`, at most 60. */
export function modelSlug(name: string): string {
  const slug = basename(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug.slice(0, 60) || 'model';
}

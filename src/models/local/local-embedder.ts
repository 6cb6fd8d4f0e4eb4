import { join } from 'node:path';
import { siblingModule } from '../../base/index.ts';
import { defaultModel } from '../default-model.ts';
import type { EmbedOptions } from '../embedder.ts';
import { EmbedderWrongDimensions } from '../errors.ts';
import { EmbeddingPool } from '../pool/embedding-pool.ts';
import type { WarmEmbedder } from '../warm-embedder.ts';
import { describeModel, modelSlug } from './describe-model.ts';
import type { ModelDescription } from './model-description.ts';
import { sha256OfFile } from './sha256-of-file.ts';

/** How a local embedder works. */
export interface LocalEmbedderOptions {
  /** Worker threads at most, ≥ 1; ~75 MB each. */
  readonly workers: number;
  /** After this many idle milliseconds workers beyond the first end. Default one minute. */
  readonly idleMs?: number;
}

/** UTF-16 units of a text that reach a worker. A window of 512 tokens is filled long before, and copying costs. */
const LONGEST_TEXT = 100_000;

/** The shipped model. Reads nothing until it is warmed or used. */
export function createDefaultEmbedder(options: LocalEmbedderOptions): WarmEmbedder {
  const { folder, onnxFile, dimensions, maxTokens } = defaultModel;
  const prompts = { document: '', query: '' };
  const model = { folder, onnxFile, dimensions, maxTokens, pooling: 'mean', prompts } as const;
  return localEmbedder({ ...model, id: defaultModel.id }, poolFor(defaultModel.id, model, options));
}

/**
 * Any sentence-transformers ONNX folder. Reads its small files and hashes its model.
 * @param folder absolute path
 * @throws ModelInvalid naming the file that is missing or wrong
 */
export async function createFolderEmbedder(folder: string, options: LocalEmbedderOptions): Promise<WarmEmbedder> {
  const model = await describeModel(folder);
  const hash = await sha256OfFile(join(folder, model.onnxFile));
  const id = `${modelSlug(folder)}-${modelSlug(model.onnxFile.replace(/\.onnx$/, ''))}-${hash.slice(0, 8)}`;
  const pool = poolFor(id, model, options);
  const dimensions = model.dimensions ?? (await pool.warm());
  return localEmbedder({ ...model, id, dimensions }, pool);
}

type NamedModel = ModelDescription & { readonly id: string; readonly dimensions: number };

function poolFor(name: string, model: ModelDescription, options: LocalEmbedderOptions): EmbeddingPool {
  const module = siblingModule(import.meta.url, './onnx.worker');
  return new EmbeddingPool({ ...options, name, module, data: model });
}

function localEmbedder(model: NamedModel, pool: EmbeddingPool): WarmEmbedder {
  const { id, dimensions, maxTokens } = model;
  const check = (given: number): void => {
    if (given !== dimensions) throw new EmbedderWrongDimensions(id, given, dimensions);
  };
  const embed = async (texts: readonly string[], { purpose, signal }: EmbedOptions): Promise<Float32Array[]> => {
    const prompt = model.prompts[purpose];
    const prepared = texts.map((text) => prompt + text.slice(0, LONGEST_TEXT));
    const vectors = await pool.embed(prepared, { urgent: purpose === 'query', ...(signal && { signal }) });
    for (const vector of vectors) check(vector.length);
    return vectors;
  };
  return { id, dimensions, maxTokens, embed, warm: async () => check(await pool.warm()), close: () => pool.close() };
}

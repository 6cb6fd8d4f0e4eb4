import { join } from 'node:path';
import onnxruntime from 'onnxruntime-node';
import { ModelInvalid } from '../errors.ts';
import type { TextModel } from '../pool/serve-texts.ts';
import { createTextEncoder } from '../tokens/text-encoder.ts';
import type { ModelDescription } from './model-description.ts';
import { poolTokens, toUnitLength } from './pooling.ts';

const { InferenceSession, Tensor } = onnxruntime;
type Session = Awaited<ReturnType<typeof InferenceSession.create>>;

/** One thread and batches of one: measured fastest with one session per worker (models/all-MiniLM-L6-v2/ORIGIN.md). */
const SESSION = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
} as const;

/** Outputs this knows, best first: a sentence vector is pooled already, token vectors are pooled here. */
const OUTPUTS = ['sentence_embedding', 'last_hidden_state', 'token_embeddings'] as const;
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'];

/**
 * Loads a sentence-transformers ONNX model. Inference blocks the thread it runs on: call this in a worker.
 * @throws ModelInvalid when the file is not such a model
 */
export async function loadOnnxModel(model: ModelDescription): Promise<TextModel> {
  const encoder = createTextEncoder(model.folder, model.maxTokens);
  const session = await openSession(model);
  const allowed = model.pooling === 'inside' ? OUTPUTS.slice(0, 1) : OUTPUTS;
  const output = allowed.find((name) => session.outputNames.includes(name));
  if (output === undefined || session.inputNames.some((name) => !INPUTS.includes(name))) {
    const found = `inputs ${session.inputNames.join(', ')} and outputs ${session.outputNames.join(', ')}`;
    throw new ModelInvalid(
      model.folder,
      `${model.onnxFile} has ${found}; allowed are the inputs ${INPUTS.join(', ')} and one output of ${allowed.join(', ')}.`,
    );
  }
  const embed = async (text: string): Promise<Float32Array<ArrayBuffer>> => {
    const ids = encoder.encode(text);
    const results = await session.run(inputsFor(ids, session.inputNames), [output]);
    const tensor = results[output];
    if (tensor === undefined || !(tensor.data instanceof Float32Array)) throw new Error(`${output} is not float32`);
    const dimensions = tensor.dims.at(-1) ?? 0;
    const vector =
      output === 'sentence_embedding'
        ? tensor.data.slice(0, dimensions)
        : poolTokens(tensor.data, dimensions, model.pooling);
    tensor.dispose();
    return toUnitLength(vector);
  };
  const dimensions = (await embed('a')).length;
  return { dimensions, embed, release: () => session.release() };
}

async function openSession(model: ModelDescription): Promise<Session> {
  try {
    return await InferenceSession.create(join(model.folder, model.onnxFile), SESSION);
  } catch (error) {
    throw new ModelInvalid(model.folder, `${model.onnxFile} cannot be loaded as an ONNX model.`, error);
  }
}

function inputsFor(ids: readonly number[], names: readonly string[]): Record<string, InstanceType<typeof Tensor>> {
  const shape = [1, ids.length];
  const values: Record<string, () => BigInt64Array> = {
    input_ids: () => BigInt64Array.from(ids, BigInt),
    attention_mask: () => new BigInt64Array(ids.length).fill(1n),
    token_type_ids: () => new BigInt64Array(ids.length),
  };
  return Object.fromEntries(
    names.map((name) => [name, new Tensor('int64', values[name]?.() ?? new BigInt64Array(ids.length), shape)]),
  );
}

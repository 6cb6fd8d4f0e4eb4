import { join } from 'node:path';
import onnxruntime from 'onnxruntime-node';
import { ModelInvalid } from '../errors.ts';
import { createPairEncoder, type EncodedPair } from './pair-encoder.ts';

const { InferenceSession, Tensor } = onnxruntime;
type Session = Awaited<ReturnType<typeof InferenceSession.create>>;

const SESSION = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
} as const;
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'];

/** Where a cross-encoder is. */
export interface PairModelFiles {
  /** Absolute path; holds tokenizer.json. */
  readonly folder: string;
  /** Relative to the folder. */
  readonly onnxFile: string;
  /** Special tokens included. */
  readonly maxTokens: number;
}

/** A model that reads two texts together. */
export interface PairModel {
  /** Its figures for a pair, one per class. */
  logits(first: string, second: string): Promise<Float32Array>;
  release(): Promise<void>;
}

/**
 * Loads an ONNX cross-encoder. Inference blocks the thread it runs on: call this in a worker.
 * @throws ModelInvalid when the file is not such a model
 */
export async function loadPairModel(model: PairModelFiles): Promise<PairModel> {
  const encode = createPairEncoder(model.folder, model.maxTokens);
  const session = await InferenceSession.create(join(model.folder, model.onnxFile), SESSION).catch((error: unknown) => {
    throw new ModelInvalid(model.folder, `${model.onnxFile} cannot be loaded as an ONNX model.`, error);
  });
  if (!session.outputNames.includes('logits') || session.inputNames.some((name) => !INPUTS.includes(name))) {
    const found = `inputs ${session.inputNames.join(', ')} and outputs ${session.outputNames.join(', ')}`;
    throw new ModelInvalid(
      model.folder,
      `${model.onnxFile} has ${found}; allowed are the inputs ${INPUTS.join(', ')} and the output logits.`,
    );
  }
  return {
    logits: (first, second) => logitsOf(session, encode(first, second)),
    release: () => session.release(),
  };
}

async function logitsOf(session: Session, { ids, types }: EncodedPair): Promise<Float32Array> {
  const shape = [1, ids.length];
  const values: Record<string, () => BigInt64Array> = {
    input_ids: () => BigInt64Array.from(ids, BigInt),
    attention_mask: () => new BigInt64Array(ids.length).fill(1n),
    token_type_ids: () => BigInt64Array.from(types, BigInt),
  };
  const inputs = session.inputNames.map((name) => [
    name,
    new Tensor('int64', values[name]?.() ?? new BigInt64Array(ids.length), shape),
  ]);
  const { logits } = await session.run(Object.fromEntries(inputs), ['logits']);
  if (logits === undefined || !(logits.data instanceof Float32Array)) throw new Error('logits is not float32');
  return logits.data;
}

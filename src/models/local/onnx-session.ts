import { join } from 'node:path';
import onnxruntime from 'onnxruntime-node';
import { ModelInvalid } from '../errors.ts';

const { InferenceSession, Tensor } = onnxruntime;

/** A loaded ONNX model. */
export type OnnxSession = Awaited<ReturnType<typeof InferenceSession.create>>;

/** One thread and batches of one: measured fastest with one session per worker (models/all-MiniLM-L6-v2/ORIGIN.md). */
const SETTINGS = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
} as const;
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'];

/** A file of a model and what it must be able to give. */
export interface OnnxFile {
  /** Absolute path. */
  readonly folder: string;
  /** Relative to the folder. */
  readonly onnxFile: string;
  /** One of these is asked for, the first that is there. */
  readonly outputs: readonly string[];
}

/**
 * Loads an ONNX model that reads tokens, and says which of the outputs it gives.
 * @throws ModelInvalid when the file is not such a model
 */
export async function openOnnxSession({
  folder,
  onnxFile,
  outputs,
}: OnnxFile): Promise<{ readonly session: OnnxSession; readonly output: string }> {
  const session = await InferenceSession.create(join(folder, onnxFile), SETTINGS).catch((error: unknown) => {
    throw new ModelInvalid(folder, `${onnxFile} cannot be loaded as an ONNX model.`, error);
  });
  const output = outputs.find((name) => session.outputNames.includes(name));
  if (output === undefined || session.inputNames.some((name) => !INPUTS.includes(name))) {
    const found = `inputs ${session.inputNames.join(', ')} and outputs ${session.outputNames.join(', ')}`;
    throw new ModelInvalid(
      folder,
      `${onnxFile} has ${found}; allowed are the inputs ${INPUTS.join(', ')} and one output of ${outputs.join(', ')}.`,
    );
  }
  return { session, output };
}

/** One sequence of tokens. */
export interface OnnxInput {
  readonly ids: readonly number[];
  /** Which of two texts each token is of; without it all are of the first. */
  readonly types?: readonly number[];
}

/**
 * Runs the model.
 * @param read takes what it needs of the output, whose last dimension is given; the memory is freed afterwards
 */
export async function runOnnxSession<T>(
  { session, output }: { readonly session: OnnxSession; readonly output: string },
  { ids, types }: OnnxInput,
  read: (data: Float32Array, dimensions: number) => T,
): Promise<T> {
  const shape = [1, ids.length];
  const values: Record<string, () => BigInt64Array> = {
    input_ids: () => BigInt64Array.from(ids, BigInt),
    attention_mask: () => new BigInt64Array(ids.length).fill(1n),
    token_type_ids: () => (types === undefined ? new BigInt64Array(ids.length) : BigInt64Array.from(types, BigInt)),
  };
  const inputs = session.inputNames.map((name) => [
    name,
    new Tensor('int64', values[name]?.() ?? new BigInt64Array(ids.length), shape),
  ]);
  const tensor = (await session.run(Object.fromEntries(inputs), [output]))[output];
  if (tensor === undefined || !(tensor.data instanceof Float32Array)) throw new Error(`${output} is not float32`);
  try {
    return read(tensor.data, tensor.dims.at(-1) ?? 0);
  } finally {
    tensor.dispose();
  }
}

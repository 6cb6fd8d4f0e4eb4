import { join } from 'node:path';
import onnxruntime from 'onnxruntime-node';
import { ModelInvalid } from '../errors.ts';
import type { TextModel } from '../pool/serve-texts.ts';
import type { NliDescription } from './describe-nli-model.ts';
import { createPairEncoder } from './pair-encoder.ts';

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

/**
 * Loads a cross-encoder as the pool knows models: a text is a JSON list of premise and hypothesis, its vector the chances
 * of the classes. Inference blocks the thread it runs on: call this in a worker.
 * @throws ModelInvalid when the file is not such a model
 */
export async function loadNliModel(model: NliDescription): Promise<TextModel> {
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
  const embed = async (text: string): Promise<Float32Array<ArrayBuffer>> => {
    const [premise, hypothesis] = JSON.parse(text) as [string, string];
    return softmax(await logitsOf(session, encode(premise, hypothesis)));
  };
  const { length } = await embed(JSON.stringify(['a', 'b']));
  if (length !== model.classCount) {
    throw new ModelInvalid(
      model.folder,
      `it answers with ${length} figures, but config.json names ${model.classCount} classes.`,
    );
  }
  return { dimensions: length, embed, release: () => session.release() };
}

async function logitsOf(
  session: Session,
  { ids, types }: ReturnType<ReturnType<typeof createPairEncoder>>,
): Promise<Float32Array> {
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

function softmax(logits: Float32Array): Float32Array<ArrayBuffer> {
  const most = Math.max(...logits);
  const powers = Float32Array.from(logits, (value) => Math.exp(value - most));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

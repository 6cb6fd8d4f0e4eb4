import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Tokenizer } from '@huggingface/tokenizers';
import onnxruntime from 'onnxruntime-node';

const folder = workerData as string;
const read = (file: string): object => JSON.parse(readFileSync(join(folder, file), 'utf8')) as object;
const tokenizer = new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
const session = await onnxruntime.InferenceSession.create(join(folder, 'onnx', 'model_quantized.onnx'), {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
});

/** What comes back for a text. */
export interface Embedded {
  readonly vector: Float32Array;
  readonly tokenisingMs: number;
}

async function embed(text: string): Promise<Embedded> {
  const started = performance.now();
  const ids = tokenizer.encode(text).ids;
  if (ids.length > 256) ids.splice(255, ids.length - 256);
  const tokenisingMs = performance.now() - started;
  const shape = [1, ids.length];
  const tensor = (values: BigInt64Array) => new onnxruntime.Tensor('int64', values, shape);
  const { last_hidden_state: states } = await session.run({
    input_ids: tensor(BigInt64Array.from(ids, BigInt)),
    attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
    token_type_ids: tensor(new BigInt64Array(ids.length)),
  });
  return { vector: pooled(states?.data as Float32Array, ids.length), tokenisingMs };
}

/** Mean over the tokens, then unit length. */
function pooled(states: Float32Array, tokens: number): Float32Array {
  const dimensions = states.length / tokens;
  const vector = new Float32Array(dimensions);
  for (let at = 0; at < states.length; at++)
    vector[at % dimensions] = (vector[at % dimensions] ?? 0) + (states[at] ?? 0);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

await embed('warm');
parentPort?.on('message', (text: string) => {
  void embed(text).then((embedded) => parentPort?.postMessage(embedded, [embedded.vector.buffer as ArrayBuffer]));
});
parentPort?.postMessage('ready');

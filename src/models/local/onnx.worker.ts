/** Worker thread of the local embedder. `workerData.data` is a ModelDescription; it speaks `pool/protocol.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerData } from '../pool/protocol.ts';
import { serveTexts } from '../pool/serve-texts.ts';
import type { ModelDescription } from './model-description.ts';
import { loadOnnxModel } from './onnx-model.ts';

if (parentPort === null) throw new Error('onnx.worker is started by the embedding pool, not by hand.');
const { data, gate } = workerData as WorkerData<ModelDescription>;
await serveTexts(parentPort, gate, () => loadOnnxModel(data));

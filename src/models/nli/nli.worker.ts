/** Worker thread of an inference model. `workerData.data` is an NliDescription; it speaks `pool/protocol.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerData } from '../pool/protocol.ts';
import { serveTexts } from '../pool/serve-texts.ts';
import type { NliDescription } from './describe-nli-model.ts';
import { loadNliModel } from './onnx-nli-model.ts';

if (parentPort === null) throw new Error('nli.worker is started by its pool, not by hand.');
const { data, gate } = workerData as WorkerData<NliDescription>;
await serveTexts(parentPort, gate, () => loadNliModel(data));

/** Worker thread of a local reranker. `workerData.data` is a PairModelFiles; it speaks `pool/protocol.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PairModelFiles } from '../nli/pair-model.ts';
import type { WorkerData } from '../pool/protocol.ts';
import { serveTexts } from '../pool/serve-texts.ts';
import { loadRerankModel } from './load-rerank-model.ts';

if (parentPort === null) throw new Error('rerank.worker is started by its pool, not by hand.');
const { data, gate } = workerData as WorkerData<PairModelFiles>;
await serveTexts(parentPort, gate, () => loadRerankModel(data));

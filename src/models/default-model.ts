import { fileURLToPath } from 'node:url';

/** The first sha-256 digits of the shipped ONNX file. Pinned, because hashing 23 MB at every start costs time. */
const ONNX_SHA256_START = '3a116109';

/**
 * The embedder that is shipped with the product: sentence-transformers/all-MiniLM-L6-v2, int8. Its facts are constants
 * so that start-up reads nothing; `default-model.test.ts` checks them against the files.
 */
export const defaultModel = {
  name: 'all-MiniLM-L6-v2',
  /** Names model, quantisation and weights. */
  id: `all-minilm-l6-v2-int8-${ONNX_SHA256_START}`,
  /** Absolute path; the same from source and from the built package. */
  folder: fileURLToPath(new URL('../../models/all-MiniLM-L6-v2', import.meta.url)),
  onnxFile: 'onnx/model_quantized.onnx',
  dimensions: 384,
  maxTokens: 256,
} as const;

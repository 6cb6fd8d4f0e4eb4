import { openOnnxSession, runOnnxSession } from '../local/onnx-session.ts';
import { createPairEncoder } from './pair-encoder.ts';

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
export async function loadPairModel({ folder, onnxFile, maxTokens }: PairModelFiles): Promise<PairModel> {
  const encode = createPairEncoder(folder, maxTokens);
  const opened = await openOnnxSession({ folder, onnxFile, outputs: ['logits'] });
  return {
    logits: (first, second) => runOnnxSession(opened, encode(first, second), (data) => data.slice()),
    release: () => opened.session.release(),
  };
}

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRerankModel, type RerankModel } from './rerank-model.ts';

/** Absolute path of the shipped reader; the same from source and from the built package. */
const SHIPPED = fileURLToPath(new URL('../../../models/answer-reader', import.meta.url));

/**
 * The cross-encoder that is shipped with the product: the logarithm of the odds that an English statement answers a question
 * (models/answer-reader/ORIGIN.md says what it learnt from). It loads with the first question.
 * @param folder absolute path; left out: the shipped one
 * @returns null where the folder holds no model: an installation without it does without
 * @throws ModelInvalid naming the file that is wrong
 */
export async function openAnswerReader(folder: string = SHIPPED): Promise<RerankModel | null> {
  const isThere = await access(join(folder, 'onnx', 'model_quantized.onnx')).then(
    () => true,
    () => false,
  );
  return isThere ? await openRerankModel(folder, { workers: 1 }) : null;
}

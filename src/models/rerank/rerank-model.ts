import { basename } from 'node:path';
import { siblingModule } from '../../base/index.ts';
import { describeModel } from '../local/describe-model.ts';
import { EmbeddingPool } from '../pool/embedding-pool.ts';

/** A cross-encoder that says how well passages answer a question, in worker threads of this process. */
export interface RerankModel {
  /** Name of its folder. */
  readonly id: string;
  /**
   * One score per passage, in order; higher is better, the range is the model's. What does not fit its window is cut.
   * @throws ModelInvalid, EmbedderFailed, OperationAborted
   */
  scores(question: string, passages: readonly string[], signal: AbortSignal): Promise<number[]>;
  close(): Promise<void>;
}

/** UTF-16 units of a text that reach a worker. */
const LONGEST_TEXT = 8_000;

/**
 * Opens the folder of an ONNX cross-encoder: `tokenizer.json` and the model, one or two figures for a pair of texts. The
 * model is loaded with the first question.
 * @param folder absolute path
 * @throws ModelInvalid naming the file that is missing or wrong
 */
export async function openRerankModel(folder: string, { workers }: { readonly workers: number }): Promise<RerankModel> {
  const { onnxFile, maxTokens } = await describeModel(folder);
  const id = basename(folder);
  const module = siblingModule(import.meta.url, './rerank.worker');
  const pool = new EmbeddingPool({ name: id, module, data: { folder, onnxFile, maxTokens }, workers });
  return {
    id,
    scores: async (question, passages, signal) => {
      const texts = passages.map((passage) =>
        JSON.stringify([question.slice(0, LONGEST_TEXT), passage.slice(0, LONGEST_TEXT)]),
      );
      const figures = await pool.embed(texts, { urgent: true, signal });
      return figures.map(([score = 0]) => score);
    },
    close: () => pool.close(),
  };
}

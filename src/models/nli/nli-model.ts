import { basename } from 'node:path';
import { siblingModule } from '../../base/index.ts';
import { ModelInvalid } from '../errors.ts';
import { EmbeddingPool } from '../pool/embedding-pool.ts';
import { describeNliModel } from './describe-nli-model.ts';
import { NliFailed, NliModelInvalid } from './errors.ts';

/** Two texts: does the second follow from the first? */
export interface NliPair {
  readonly premise: string;
  readonly hypothesis: string;
}

/** What an inference model says of a pair; each 0…1, with the neutral rest they add up to 1. */
export interface NliChances {
  readonly entailment: number;
  readonly contradiction: number;
}

/** A model of natural language inference, in worker threads of this process. */
export interface NliModel {
  /** Name of its folder. */
  readonly id: string;
  /**
   * What it says of each pair, in order. A premise that does not fit its window is cut.
   * @throws NliModelInvalid, NliFailed, OperationAborted
   */
  infer(pairs: readonly NliPair[], signal: AbortSignal): Promise<NliChances[]>;
  close(): Promise<void>;
}

/** UTF-16 units of a text that reach a worker. */
const LONGEST_TEXT = 8_000;

/**
 * Opens the folder of an ONNX cross-encoder: `config.json` with `id2label`, `tokenizer.json`, the model. The model is loaded
 * with the first pair.
 * @param folder absolute path
 * @throws NliModelInvalid naming the file that is missing or wrong
 */
export async function openNliModel(folder: string, { workers }: { readonly workers: number }): Promise<NliModel> {
  const data = await describeNliModel(folder);
  const id = basename(folder);
  const pool = new EmbeddingPool({ name: id, module: siblingModule(import.meta.url, './nli.worker'), data, workers });
  const { entailment, contradiction } = data.classes;
  return {
    id,
    infer: async (pairs, signal) => {
      const texts = pairs.map(({ premise, hypothesis }) =>
        JSON.stringify([premise.slice(0, LONGEST_TEXT), hypothesis.slice(0, LONGEST_TEXT)]),
      );
      const chances = await pool.embed(texts, { urgent: true, signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        if (error instanceof ModelInvalid) throw new NliModelInvalid(folder, String(error.details['problem']), error);
        throw new NliFailed(id, error);
      });
      return chances.map((all) => ({ entailment: all[entailment] ?? 0, contradiction: all[contradiction] ?? 0 }));
    },
    close: () => pool.close(),
  };
}

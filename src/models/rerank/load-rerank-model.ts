import { ModelInvalid } from '../errors.ts';
import { loadPairModel, type PairModelFiles } from '../nli/pair-model.ts';
import type { TextModel } from '../pool/serve-texts.ts';

/**
 * Loads a cross-encoder as the pool knows models: a text is a JSON list of question and passage, its vector has one figure,
 * how well the passage answers. Of two classes the second is taken against the first. Inference blocks the thread it runs on: call
 * this in a worker.
 * @throws ModelInvalid when the file is not such a model
 */
export async function loadRerankModel(model: PairModelFiles): Promise<TextModel> {
  const pair = await loadPairModel(model);
  const embed = async (text: string): Promise<Float32Array<ArrayBuffer>> => {
    const [question, passage] = JSON.parse(text) as [string, string];
    const figures = await pair.logits(question, passage);
    if (figures.length > 2) {
      throw new ModelInvalid(model.folder, `it answers with ${figures.length} figures; a reranker has one or two.`);
    }
    const [first = 0, second] = figures;
    return Float32Array.of(second === undefined ? first : second - first);
  };
  await embed(JSON.stringify(['a', 'b']));
  return { dimensions: 1, embed, release: () => pair.release() };
}

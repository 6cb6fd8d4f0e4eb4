import { ModelInvalid } from '../errors.ts';
import type { TextModel } from '../pool/serve-texts.ts';
import type { NliDescription } from './describe-nli-model.ts';
import { loadPairModel } from './pair-model.ts';

/**
 * Loads a cross-encoder as the pool knows models: a text is a JSON list of premise and hypothesis, its vector the chances
 * of the classes. Inference blocks the thread it runs on: call this in a worker.
 * @throws ModelInvalid when the file is not such a model
 */
export async function loadNliModel(model: NliDescription): Promise<TextModel> {
  const pair = await loadPairModel(model);
  const embed = async (text: string): Promise<Float32Array<ArrayBuffer>> => {
    const [premise, hypothesis] = JSON.parse(text) as [string, string];
    return softmax(await pair.logits(premise, hypothesis));
  };
  const { length } = await embed(JSON.stringify(['a', 'b']));
  if (length !== model.classCount) {
    throw new ModelInvalid(
      model.folder,
      `it answers with ${length} figures, but config.json names ${model.classCount} classes.`,
    );
  }
  return { dimensions: length, embed, release: () => pair.release() };
}

function softmax(logits: Float32Array): Float32Array<ArrayBuffer> {
  const most = Math.max(...logits);
  const powers = Float32Array.from(logits, (value) => Math.exp(value - most));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

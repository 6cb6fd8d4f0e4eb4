import type { TextModel } from '../pool/serve-texts.ts';
import { createTextEncoder } from '../tokens/text-encoder.ts';
import type { ModelDescription } from './model-description.ts';
import { openOnnxSession, runOnnxSession } from './onnx-session.ts';
import { poolTokens, toUnitLength } from './pooling.ts';

/** Outputs this knows, best first: a sentence vector is pooled already, token vectors are pooled here. */
const OUTPUTS = ['sentence_embedding', 'last_hidden_state', 'token_embeddings'] as const;

/**
 * Loads a sentence-transformers ONNX model. Inference blocks the thread it runs on: call this in a worker.
 * @throws ModelInvalid when the file is not such a model
 */
export async function loadOnnxModel(model: ModelDescription): Promise<TextModel> {
  const { folder, onnxFile, pooling } = model;
  const encoder = createTextEncoder(folder, model.maxTokens);
  const outputs = pooling === 'inside' ? OUTPUTS.slice(0, 1) : OUTPUTS;
  const opened = await openOnnxSession({ folder, onnxFile, outputs });
  const embed = (text: string): Promise<Float32Array<ArrayBuffer>> =>
    runOnnxSession(opened, { ids: encoder.encode(text) }, (data, dimensions) => {
      const isPooled = opened.output === 'sentence_embedding';
      return toUnitLength(isPooled ? data.slice(0, dimensions) : poolTokens(data, dimensions, pooling));
    });
  const dimensions = (await embed('a')).length;
  return { dimensions, embed, release: () => opened.session.release() };
}

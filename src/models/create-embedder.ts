import type { Config } from '../config/index.ts';
import { defaultModel } from './default-model.ts';
import type { WarmEmbedder } from './warm-embedder.ts';
import { createDefaultEmbedder, createFolderEmbedder } from './local/local-embedder.ts';
import { createOpenAiEmbedder } from './remote/openai-embedder.ts';

/** Which embedder to use, as the configuration says it. */
export type EmbedderConfig = Config['embedder'];

/**
 * The embedder of a configuration. The default one reads nothing yet and starts no thread; a folder is checked; a
 * server is asked for the length of its vectors.
 * @throws ModelInvalid, EmbedderFailed
 */
export async function createEmbedder(config: EmbedderConfig): Promise<WarmEmbedder> {
  switch (config.kind) {
    case 'default':
      return createDefaultEmbedder({ workers: config.workers });
    case 'folder':
      return createFolderEmbedder(config.folder, { workers: config.workers });
    case 'openai':
      return createOpenAiEmbedder({ url: config.url, model: config.model, key: config.key });
  }
}

/**
 * The folder whose tokenizer counts tokens for a configuration: the model's own; for a server, whose tokenizer is not
 * known, the default model's, which counts a little more than those of larger models.
 */
export function tokenizerFolder(config: EmbedderConfig): string {
  return config.kind === 'folder' ? config.folder : defaultModel.folder;
}

import { createDefaultEmbedder, type Embedder } from '../../src/models/index.ts';
import type { Setting } from './contract.ts';
import { createStoredEmbedder } from './stored-embedder.ts';

/** The setting's embedder, with its workers started and its model loaded: no contender pays for that while timed. */
export async function openEmbedder(setting: Pick<Setting, 'embedder' | 'workers'>): Promise<Embedder> {
  if (setting.embedder === 'stored') return createStoredEmbedder();
  const embedder = createDefaultEmbedder({ workers: setting.workers });
  const texts = Array.from({ length: 4 * setting.workers }, (_, index) => `Text ${index} to load the model with.`);
  await embedder.embed(texts, { purpose: 'document' });
  return embedder;
}

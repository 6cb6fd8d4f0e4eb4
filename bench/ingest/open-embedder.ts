import { createDefaultEmbedder, type Embedder } from '../../src/models/index.ts';
import type { Setting } from './contract.ts';
import { createStoredEmbedder } from './stored-embedder.ts';

/** The setting's embedder, with its workers started and its model loaded: no contender pays for that while timed. */
export async function openEmbedder(setting: Pick<Setting, 'embedder' | 'workers'>): Promise<Embedder> {
  if (setting.embedder === 'stored') return createStoredEmbedder();
  const embedder = createDefaultEmbedder({ workers: setting.workers });
  await embedder.embed(['warm'], { purpose: 'document' });
  return embedder;
}

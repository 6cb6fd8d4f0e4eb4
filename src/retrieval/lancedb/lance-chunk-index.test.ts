import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunkIndexConformance, type ChunkIndexFactory } from '../chunk-index.conformance.ts';
import { filterConformance } from '../filter.conformance.ts';
import { recallConformance } from '../recall.conformance.ts';
import { openLanceChunkIndex } from './lance-chunk-index.ts';

async function factory(): Promise<ChunkIndexFactory> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-lance-'));
  return {
    open: () => openLanceChunkIndex({ folder }),
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  };
}

chunkIndexConformance('LanceDB', await factory());
filterConformance('LanceDB', await factory());
recallConformance('LanceDB', await factory());

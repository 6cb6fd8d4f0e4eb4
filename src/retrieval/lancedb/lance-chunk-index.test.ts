import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunkIndexConformance, type ChunkIndexFactory } from '../chunk-index.conformance.ts';
import { filterConformance } from '../filter.conformance.ts';
import { recallConformance } from '../recall.conformance.ts';
import { typedFiltersConformance } from '../typed-filters.conformance.ts';
import { type LanceChunkIndexOptions, openLanceChunkIndex } from './lance-chunk-index.ts';

async function factory(options: Partial<LanceChunkIndexOptions> = {}): Promise<ChunkIndexFactory> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-lance-'));
  return {
    open: () => openLanceChunkIndex({ folder, ...options }),
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  };
}

chunkIndexConformance('LanceDB', await factory());
chunkIndexConformance('LanceDB searching vectors in memory', await factory({ scanFromRows: 1, rereadAfterMs: 0 }));
filterConformance('LanceDB', await factory());
filterConformance('LanceDB with an index of every column', await factory({ scalarIndexFromRows: 1 }), 200);
recallConformance('LanceDB', await factory());
typedFiltersConformance('LanceDB', await factory());
filterConformance('LanceDB searching vectors in memory', await factory({ scanFromRows: 1, rereadAfterMs: 0 }), 200);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunkIndexConformance } from '../chunk-index.conformance.ts';
import { openLanceChunkIndex } from './lance-chunk-index.ts';

const folder = await mkdtemp(join(tmpdir(), 'plumb-lance-'));

chunkIndexConformance('LanceDB', {
  open: () => openLanceChunkIndex({ folder }),
  cleanUp: () => rm(folder, { recursive: true, force: true }),
});

import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPassages } from '../corpus/sentences.ts';
import type { Metrics } from '../report/report.ts';
import { measureWithEmbedder } from './with-embedder.ts';
import { measureWithStoredVectors } from './with-stored-vectors.ts';

/**
 * Ingestion end to end against LangChain.js and LlamaIndex.TS in memory: `--stub` with vectors that are looked up,
 * `--embedder` with the default embedder; neither flag: both. `--files` overrides how many files each part ingests.
 */
export async function measureIngest(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: { files: { type: 'string' }, stub: { type: 'boolean' }, embedder: { type: 'boolean' } },
  });
  const files = values.files === undefined ? undefined : Number(values.files);
  if (files !== undefined && !(Number.isInteger(files) && files >= 30)) {
    throw new Error('--files must be a whole number of at least 30.');
  }
  const both = values.stub !== true && values.embedder !== true;
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  // As the product chooses it while it serves.
  const run = { folder, passages: await loadPassages(), workers: Math.max(1, availableParallelism() - 1) };
  try {
    return {
      ...(both || values.stub === true ? await measureWithStoredVectors({ ...run, files: files ?? 10_000 }) : {}),
      ...(both || values.embedder === true ? await measureWithEmbedder({ ...run, files: files ?? 3_000 }) : {}),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

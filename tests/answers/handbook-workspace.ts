import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import { offerSample, SAMPLE_COLLECTION } from '../../src/sample.ts';

/** The sample handbook, ingested and ready to be asked. */
export interface HandbookWorkspace {
  readonly platform: Platform;
  readonly collection: Awaited<ReturnType<Platform['ingest']['collection']>>;
  close(): Promise<void>;
}

/**
 * Ingests the sample handbook.
 * @param home kept and used again when given; else a temporary folder that `close` removes
 */
export async function openHandbook(home?: string): Promise<HandbookWorkspace> {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'plumb-handbook-')));
  const platform = await createPlatform(loadConfig({ PLUMB_HOME: folder }, folder));
  const context = platform.localContext();
  await offerSample(platform);
  await platform.ingest.idle(context);
  const collection = await platform.ingest.collection(context, SAMPLE_COLLECTION);
  return {
    platform,
    collection,
    close: async () => {
      await platform.close();
      if (home === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlatform, loadConfig } from '../../src/index.ts';

/** A few documents taken in as they are in the product, with its own embedder and reader of answers. */
export interface SmallCollection {
  /** The sentences of an answer; null: it abstains. */
  said(question: string): Promise<string[] | null>;
  close(): Promise<void>;
}

/** Takes documents in, by their names. */
export async function openSmallCollection(documents: Readonly<Record<string, Uint8Array>>): Promise<SmallCollection> {
  const home = await mkdtemp(join(tmpdir(), 'plumb-answers-'));
  const platform = await createPlatform(loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home));
  const context = platform.localContext();
  const collection = await platform.ingest.ensureCollection(context, { name: 'small' });
  const signal = AbortSignal.timeout(60_000);
  for (const [name, bytes] of Object.entries(documents))
    await platform.ingest.upload(context, { collection, signal }, { name, bytes, declaredType: undefined, given: {} });
  await platform.ingest.idle(context);
  return {
    said: async (text) => {
      const asked = {
        collection,
        text,
        asOf: null,
        filter: { op: 'all' } as const,
        signal: AbortSignal.timeout(30_000),
      };
      const { kind, sentences } = await platform.ask(context, asked);
      return kind === 'abstained' ? null : sentences.map((sentence) => sentence.text);
    },
    close: async () => {
      await platform.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

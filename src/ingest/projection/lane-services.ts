import type { TenantContext } from '../../base/index.ts';
import type { IndexScope } from '../../retrieval/index.ts';
import type { IngestServices } from '../services.ts';
import type { ChunkTexts } from './chunk-texts.ts';
import type { FreshChunks } from './fresh-chunks.ts';
import type { PendingChunk } from './pending-chunks.ts';
import type { StoreLooks } from './store-looks.ts';
import type { WritePace } from './write-pace.ts';

/** What the two lanes of a projection share. */
export interface Lane {
  readonly services: IngestServices;
  readonly context: TenantContext;
  readonly scope: IndexScope;
  readonly texts: ChunkTexts;
  /** What was stored a moment ago. */
  readonly fresh: FreshChunks;
  /** Spaces writes of words while more of them keep coming. */
  readonly wordsPace: WritePace;
  /** When to ask the store what waits. */
  readonly looks: StoreLooks;
  /** Whether an entry of the chunk may already be in the index. */
  readonly mayExist: (chunk: PendingChunk) => boolean;
  /** Runs a step that writes to the lane's part of the index while no other does. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  /** Hears how many chunks were written. */
  readonly written: (part: 'text' | 'vectors', chunks: number) => void;
  /** Hears that words were brought in whose vectors wait. */
  readonly worded: () => void;
  /** Lets the store know whose words are indexed. */
  readonly recordWords: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Writes entries of chunks: replacing those that may be there, appending the others, which is much faster. */
export async function putChunks<T>(
  lane: Lane,
  chunks: readonly PendingChunk[],
  put: {
    readonly entryOf: (chunk: PendingChunk) => T;
    readonly into: (entries: T[], mayExist: boolean) => Promise<void>;
  },
): Promise<void> {
  const known = chunks.filter(lane.mayExist);
  const fresh = chunks.filter((chunk) => !lane.mayExist(chunk));
  if (known.length > 0) await put.into(known.map(put.entryOf), true);
  if (fresh.length > 0) await put.into(fresh.map(put.entryOf), false);
}

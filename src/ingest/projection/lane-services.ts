import type { TenantContext } from '../../base/index.ts';
import type { IndexScope } from '../../retrieval/index.ts';
import type { IngestServices } from '../services.ts';
import type { ChunkTexts } from './chunk-texts.ts';

/** What the two lanes of a projection share. */
export interface Lane {
  readonly services: IngestServices;
  readonly context: TenantContext;
  readonly scope: IndexScope;
  readonly texts: ChunkTexts;
  /** Whether entries may already be in the index: after a start, a failure, or when facts changed. */
  readonly mayExist: () => boolean;
  /** Runs a step that writes to the index while no other does. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

import type { ChunkIndex, IndexScope } from '../chunk-index.ts';
import type { Scored } from '../fusion.ts';
import { DIVERSIFIED, diversify } from './diversify.ts';
import type { RetrievalPlan } from './settings.ts';
import { SMOOTHED, smooth } from './smooth.ts';

/** What one stage of a search did. */
export interface StageRecord {
  readonly stage:
    | 'rewriting'
    | 'question'
    | 'words'
    | 'meaning'
    | 'fusion'
    | 'documents'
    | 'rewording'
    | 'rewordings'
    | 'smoothing'
    | 'diversity'
    | 'rerank'
    | 'phrases';
  /** How it orders, with the settings it ran with. */
  readonly what: string;
  readonly ms: number;
  /** True: it could not be done, and another time it may. */
  readonly failed?: boolean;
  /** Its ranking, best first; scores are comparable within the stage only. */
  readonly ranking: readonly Scored[];
}

/** The stages after fusion that the plan asks for, each over the ranking of the one before. Empty: none. */
export async function rearrange(
  index: Pick<ChunkIndex, 'vectors'>,
  scope: IndexScope,
  { fused, plan }: { readonly fused: readonly Scored[]; readonly plan: RetrievalPlan },
): Promise<StageRecord[]> {
  const { smoothing, diversity } = plan;
  if ((smoothing === null && diversity === null) || fused.length < 2) return [];
  const started = performance.now();
  const compared = fused.slice(0, Math.max(SMOOTHED, DIVERSIFIED)).map(({ id }) => id);
  const vectors = await index.vectors(scope, compared);
  const records: StageRecord[] = [];
  let from = started;
  const record = (stage: StageRecord['stage'], what: string, ranking: readonly Scored[]): void => {
    const now = performance.now();
    records.push({ stage, what, ms: now - from, ranking });
    from = now;
  };
  if (smoothing !== null) {
    const { weight, neighbours } = smoothing;
    const what = `${1 - weight} · score + ${weight} · mean of the ${neighbours} nearest among the first ${SMOOTHED}`;
    record('smoothing', what, smooth(fused, vectors, smoothing));
  }
  if (diversity !== null) {
    const what = `${1 - diversity} · relevance − ${diversity} · highest cosine to a result above, first ${DIVERSIFIED}`;
    record('diversity', what, diversify(records.at(-1)?.ranking ?? fused, vectors, diversity));
  }
  return records;
}

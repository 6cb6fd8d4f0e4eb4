import { fromUnknown } from '../../base/index.ts';
import type { Scored } from '../fusion.ts';
import { preferPhrases, READ } from './prefer-phrases.ts';
import type { StageRecord } from './rearrange.ts';
import { type Reranker, rerank } from './rerank.ts';

/** What the stages that read passages need. */
export interface Rereading {
  readonly question: string;
  /** Terms of each phrase in quotation marks, in order. */
  readonly phrases: readonly (readonly string[])[];
  /** Null: none is configured. */
  readonly reranker: Reranker | null;
  /** Texts of chunks with their headings, by id; what may not be read is missing. */
  readonly textsOf: (chunkIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** The stages that read the best passages again: the reranker, then phrases. Empty: nothing asks for them. */
export async function reread(
  ranking: readonly Scored[],
  { question, phrases, reranker, textsOf }: Rereading,
  { depth, signal }: { readonly depth: number; readonly signal: AbortSignal },
): Promise<StageRecord[]> {
  const reranks = reranker !== null && depth > 0;
  if (ranking.length === 0 || (!reranks && phrases.length === 0)) return [];
  const first = ranking.slice(0, Math.max(reranks ? depth : 0, phrases.length > 0 ? READ : 0));
  const started = performance.now();
  const texts = await textsOf(first.map(({ id }) => id));
  const records: StageRecord[] = [];
  if (reranks) records.push(await reranked(ranking, { question, reranker, texts, depth, signal, started }));
  if (phrases.length > 0) {
    const began = performance.now();
    const preferred = preferPhrases(records.at(-1)?.ranking ?? ranking, texts, phrases);
    const quoted = phrases.map((terms) => `“${terms.join(' ')}”`).join(' and ');
    const what = `what holds ${quoted} first, among the first ${READ}`;
    records.push({ stage: 'phrases', what, ms: performance.now() - began, ranking: preferred });
  }
  return records;
}

async function reranked(
  ranking: readonly Scored[],
  with_: {
    readonly question: string;
    readonly reranker: Reranker;
    readonly texts: ReadonlyMap<string, string>;
    readonly depth: number;
    readonly signal: AbortSignal;
    readonly started: number;
  },
): Promise<StageRecord> {
  const { question, reranker, texts, depth, signal, started } = with_;
  const read = ranking.slice(0, depth).flatMap(({ id }) => {
    const text = texts.get(id);
    return text === undefined ? [] : [{ id, text }];
  });
  const record = (what: string, after: readonly Scored[]): StageRecord => {
    return { stage: 'rerank', what, ms: performance.now() - started, ranking: after };
  };
  try {
    const passages = read.map(({ text }) => text);
    const scores = passages.length === 0 ? [] : await reranker.scores(question, passages, signal);
    const byId = new Map(
      read
        .map(({ id }, index) => [id, scores[index] ?? Number.NaN] as const)
        .filter(([, score]) => Number.isFinite(score)),
    );
    return record(`${reranker.name} read the first ${read.length}`, byId.size === 0 ? ranking : rerank(ranking, byId));
  } catch (error) {
    signal.throwIfAborted();
    return { ...record(`left out: ${reranker.name} failed (${fromUnknown(error).code})`, ranking), failed: true };
  }
}

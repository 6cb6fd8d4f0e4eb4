import { forEachConcurrent, PlumblineError, type TenantContext } from '../../base/index.ts';
import type { Collection } from '../../ingest/index.ts';
import { planOf } from '../../retrieval/index.ts';
import { retrieveAlone } from '../evidence/retrieve.ts';
import type { AnswerServices } from '../services.ts';
import { type ChosenWeight, chooseWeight, type WeightResults } from './choose-weight.ts';
import { rankQuality } from './rank-quality.ts';

/** A question whose documents are known. */
export interface JudgedQuestion {
  readonly question: string;
  /** Names (paths or addresses) or ids of the documents that answer it. */
  readonly relevant: readonly string[];
}

/** Judged questions of a collection. */
export interface Fitting {
  readonly collection: Collection;
  readonly judged: readonly JudgedQuestion[];
  readonly signal: AbortSignal;
}

/** What was fitted. */
export interface FittedWeight extends ChosenWeight {
  /** The weight that was used before. */
  readonly current: number;
  readonly questions: number;
}

/** Fewer say nothing for sure; more take long. */
const QUESTIONS = { least: 20, most: 500 };
/** From words alone, nearly, to meaning alone, nearly. */
const WEIGHTS = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 10];
/** Passages and documents that count. */
const PASSAGES = 50;
const DEPTH = 10;
const AT_ONCE = 2;

/** Too few or too many judged questions, or none that can be measured. */
class JudgedQuestionsInvalid extends PlumblineError {
  constructor(problem: string) {
    super({
      code: 'judged-questions.invalid',
      kind: 'caller',
      message: `${problem} Allowed: ${QUESTIONS.least} to ${QUESTIONS.most} questions, each with documents the collection holds, and fusion by score or min-max.`,
    });
  }
}

/**
 * Finds what the cosine should weigh against the words in this collection, by questions whose documents are known: each is searched with
 * each weight and every other setting as it is. Changes nothing, keeps and logs nothing; asks no model that costs.
 * @throws PlumblineError `judged-questions.invalid`, `question.invalid`, `operation.aborted`
 */
export async function fitWeight(
  services: AnswerServices,
  context: TenantContext,
  { collection, judged, signal }: Fitting,
): Promise<FittedWeight> {
  if (judged.length < QUESTIONS.least || judged.length > QUESTIONS.most)
    throw new JudgedQuestionsInvalid(`There are ${judged.length} judged questions.`);
  const { fusion } = planOf(collection.settings.retrieval);
  if (fusion.by === 'rank')
    throw new JudgedQuestionsInvalid('The collection joins rankings by rank, without a weight.');
  const current = fusion.weight ?? 2;
  const weights = WEIGHTS.includes(current) ? WEIGHTS : [...WEIGHTS, current];
  const quiet = { ...services, queryLog: null };
  const results: WeightResults[] = [];
  for (const weight of weights) {
    const figures: number[] = Array.from({ length: judged.length }, () => 0);
    await forEachConcurrent(judged.entries(), AT_ONCE, async ([at, { question, relevant }]) => {
      signal.throwIfAborted();
      const found = await retrieveAlone(quiet, context, {
        collection,
        question,
        asOf: services.clock(),
        filter: { op: 'all' },
        limit: PASSAGES,
        after: null,
        settings: {
          vectorWeight: weight,
          rewriting: [],
          ...(services.modelsFor(collection).has('rerank') && { rerank: 0 }),
        },
        cache: false,
        signal,
      });
      const wanted = new Set(relevant);
      const names = found.passages.map(({ documentId, externalId }) =>
        wanted.has(documentId) ? documentId : externalId,
      );
      figures[at] = rankQuality([...new Set(names)], wanted, DEPTH);
    });
    results.push({ weight, figures });
  }
  if (results.every(({ figures }) => figures.every((figure) => figure === 0)))
    throw new JudgedQuestionsInvalid('No question found one of its documents.');
  return { current, questions: judged.length, ...chooseWeight(results, current) };
}

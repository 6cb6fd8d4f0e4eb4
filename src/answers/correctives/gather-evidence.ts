import type { TenantContext } from '../../base/index.ts';
import { isOutsidePage } from '../../ingest/index.ts';
import { condense } from '../conversation/condense.ts';
import { type Evidence, type EvidenceQuery, retrieve } from '../evidence/retrieve.ts';
import { questionParts } from '../extractive/question-parts.ts';
import type { AnswerServices } from '../services.ts';

/** Questions in one that are looked for by themselves. */
const MOST_PARTS = 4;

/** Passages of each of them. */
const PASSAGES_OF_PART = 6;

/** One of several questions that were asked in one. */
export interface PartEvidence {
  /** As it was asked. */
  readonly asked: string;
  /** As it is understood alone. */
  readonly text: string;
  /** What was found for it first, then what was found for the whole. */
  readonly evidence: Evidence;
}

/** What was found for a question. */
export interface Gathered {
  /** For a question that asks several things, the best of each in turn. */
  readonly whole: Evidence;
  /** [] when it asks one thing. */
  readonly parts: readonly PartEvidence[];
}

/**
 * Finds the passages for a question, and for each question in it by itself. Text that no reader of its page can see is found by a
 * search, which says so; an answer does not rest on it.
 * @throws PlumblineError as `retrieve`
 */
export async function gatherEvidence(
  services: AnswerServices,
  context: TenantContext,
  query: EvidenceQuery,
): Promise<Gathered> {
  const asked = questionParts(query.question).slice(0, MOST_PARTS);
  const whole = onlySeen(await retrieve(services, context, query));
  if (asked.length === 1) return { whole, parts: [] };
  const found = await Promise.all(
    asked.map(async (part, i) => {
      const text = condense(asked.slice(0, i), part) ?? part;
      const own = { ...query, question: text, limit: PASSAGES_OF_PART };
      return { asked: part, text, evidence: onlySeen(await retrieve(services, context, own)) };
    }),
  );
  const parts = found.map((part) => ({ ...part, evidence: joined(part.evidence, [part.evidence, whole], 'in order') }));
  return { whole: joined(whole, [...found.map(({ evidence }) => evidence), whole], 'by turns'), parts };
}

/**
 * Looks once more, with the preset that does most: deeper, with terms of the best documents, reworded and reranked by models
 * where there are any.
 * @returns what is new, behind nothing that was found before; null: nothing is
 */
export async function lookAgain(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly query: EvidenceQuery; readonly before: Gathered },
): Promise<Gathered | null> {
  const { query, before } = given;
  if (before.whole.plan.preset === 'best') return null;
  const settings = { ...query.settings, preset: 'best' as const };
  const again = await gatherEvidence(services, context, { ...query, settings });
  const known = new Set(before.whole.passages.map(({ candidate }) => candidate.id));
  return again.whole.passages.every(({ candidate }) => known.has(candidate.id)) ? null : again;
}

function onlySeen(evidence: Evidence): Evidence {
  return { ...evidence, passages: evidence.passages.filter((passage) => !isOutsidePage(passage.headingPath)) };
}

/** One body of evidence with the passages of several, each once. */
function joined(first: Evidence, all: readonly Evidence[], how: 'in order' | 'by turns'): Evidence {
  const deepest = Math.max(...all.map(({ passages }) => passages.length));
  const turns = Array.from({ length: deepest }, (_, i) => all.flatMap(({ passages }) => passages.slice(i, i + 1)));
  const passages = how === 'in order' ? all.flatMap((each) => each.passages) : turns.flat();
  const seen = new Set<string>();
  const once = passages.filter(({ candidate }) => !seen.has(candidate.id) && seen.add(candidate.id));
  return { ...first, passages: once };
}

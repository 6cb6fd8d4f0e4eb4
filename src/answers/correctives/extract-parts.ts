import {
  type Extract,
  type ExtractQuestion,
  type ExtractServices,
  extract,
  extractFrom,
  groundsOf,
} from '../extractive/extract.ts';
import type { Evidence } from '../evidence/retrieve.ts';
import { eachOnce } from '../extractive/choose-sentences.ts';
import { readOn } from '../extractive/read-on.ts';
import { isDoubted } from '../extractive/reading-verdicts.ts';
import type { Gathered } from './gather-evidence.ts';

/** What the sources say to all questions in one. */
export interface ExtractedParts {
  readonly extracted: Extract;
  /** Questions among several that nothing answers, as they were asked; [] when it is all of them, or all are answered. */
  readonly unanswered: readonly string[];
}

/**
 * Extracts the answer to a question; to each of several asked in one by itself, in their order. One that nothing answers is named, and
 * does not keep the others from being answered.
 */
export async function extractParts(
  services: ExtractServices,
  gathered: Gathered,
  question: ExtractQuestion,
): Promise<ExtractedParts> {
  const { whole, parts } = gathered;
  if (parts.length === 0) return { extracted: await extract(services, whole, question), unanswered: [] };
  // The whole goes first: whoever learns from what questions found takes the first for it.
  const ranking = groundsOf(services, whole, question);
  const extracting = parts.map(async ({ asked, text, evidence }) => {
    return { asked, extracted: await extractPart(services, evidence, { ...question, text }) };
  });
  const [grounds, ...all] = await Promise.all([ranking, ...extracting]);
  const answered = all.filter(({ extracted }) => extracted.decision.answer);
  if (answered.length === 0) return { extracted: await extractFrom(services, grounds, question), unanswered: [] };
  const chosen = eachOnce(answered.flatMap(({ extracted }) => extracted.chosen));
  const conflicts = answered.flatMap(({ extracted }) => extracted.conflicts);
  const confidence = Math.min(...all.map(({ extracted }) => extracted.decision.confidence));
  const unanswered = all.filter(({ extracted }) => !extracted.decision.answer).map(({ asked }) => asked);
  return {
    extracted: { grounds, chosen, conflicts, readings: [], decision: { answer: true, confidence } },
    unanswered,
  };
}

/** Like a question by itself: where its best sentence does not answer or is doubted, by what is read of the best few. */
async function extractPart(services: ExtractServices, evidence: Evidence, question: ExtractQuestion): Promise<Extract> {
  const first = await extract(services, evidence, question);
  const isEnough = first.decision.answer && !isDoubted(first.grounds.odds?.own ?? null);
  return isEnough ? first : ((await readOn(services, first, question)) ?? first);
}

import type { TenantContext } from '../../../base/index.ts';
import { estimateTokens, type ModelCalls } from '../../../models/index.ts';
import type { AnswerServices } from '../../services.ts';
import type { Passage } from '../passage.ts';
import type { Evidence } from '../retrieve.ts';
import { fitReading } from './fit-reading.ts';
import { leaveOutRepeats } from './leave-out-repeats.ts';
import { loadNeighbours } from './load-neighbours.ts';

/** A passage as a model reads it, with its neighbours. */
export interface ReadPassage extends Passage {
  /** How many of the passages found say the same, itself included. */
  readonly standsFor: number;
}

/** What a model reads for an answer. */
export interface Reading {
  /** Best first. */
  readonly passages: readonly ReadPassage[];
  /** What each stage did, a sentence each. */
  readonly did: readonly string[];
}

/** Passages a model reads at most. */
const MOST_PASSAGES = 8;
/** Of a model's context at most; the rest is for rules, question and reply. */
const SHARE_OF_CONTEXT = 0.5;

/**
 * Chooses what a model reads of what was found: repeats are left out, what is read grows by its neighbours, and all of it fits a number of
 * tokens. The passages' order stays; the prompt sets them out.
 */
export async function chooseReading(
  services: Pick<AnswerServices, 'database'>,
  context: TenantContext,
  given: { readonly evidence: Evidence; readonly models: Pick<ModelCalls, 'explain'>; readonly model: string | null },
): Promise<Reading> {
  const { evidence, models, model } = given;
  const { duplicates, context: reach, passageTokens } = evidence.plan.reading;
  const kept = leaveOutRepeats(evidence.passages, duplicates);
  const standsFor = new Map(kept.map((each) => [each.passage, each.standsFor]));
  const passages = kept.map(({ passage }) => passage);
  const chunkIds = passages.map(({ candidate }) => candidate.id);
  const around =
    reach === 0 || chunkIds.length === 0
      ? new Map<string, never>()
      : await loadNeighbours(services.database, context, { chunkIds, reach });
  const tokens = Math.min(passageTokens, Math.floor(contextOf(models, model) * SHARE_OF_CONTEXT));
  const read = fitReading(passages, (passage) => around.get(passage.candidate.id) ?? passage, {
    passages: MOST_PASSAGES,
    tokens,
    tokensOf: ({ source, title, headingPath }, { start, end }) =>
      estimateTokens([title, ...headingPath, source.slice(start, end)].join(' ')),
  });
  const chosen = read.map(({ passage, start, end }): ReadPassage => {
    return { ...passage, start, end, text: passage.source.slice(start, end), standsFor: standsFor.get(passage) ?? 1 };
  });
  const grown = chosen.filter(({ text }, at) => text.length > (read[at]?.passage.text.length ?? 0)).length;
  const did = [
    `duplicates: ${evidence.passages.length - kept.length} of ${evidence.passages.length} passages repeat one above`,
    `context: ${grown} of ${chosen.length} passages are read with up to ${reach} neighbours on either side`,
    `passageTokens: ${chosen.length} of ${kept.length} passages are read, within ${tokens} tokens and ${MOST_PASSAGES} passages`,
  ];
  return { passages: chosen, did };
}

/** The smallest context of the models that may be asked: any of them may have to step in. */
function contextOf(models: Pick<ModelCalls, 'explain'>, model: string | null): number {
  const { candidates } = models.explain({ task: 'answer' });
  const sizes = candidates.map((each) => each.model).filter(({ id }) => model === null || id === model);
  return Math.min(...sizes.map(({ contextTokens }) => contextTokens));
}

import type { AnswerSentence, Citation } from './answer.ts';
import { cite } from './evidence/cite.ts';
import type { Evidence } from './evidence/retrieve.ts';
import { type Draft, draftExtractive } from './extractive/draft-extractive.ts';
import type { Extract } from './extractive/extract.ts';
import type { Generated, NotGenerated } from './generated/generate-answer.ts';

/** A draft, how far it was checked, and what its reader has seen of it. */
export interface ToldDraft extends Draft {
  /** Its sentences as they were checked; null: not yet. */
  readonly checked: readonly AnswerSentence[] | null;
  /** `words`: its words and citations; `other`: words that no longer count. */
  readonly told: 'nothing' | 'words' | 'other';
  /** Citations told already. */
  readonly cited: number;
}

/**
 * The answer from what a model wrote, else from what was extracted. A model that found no answer in the passages is
 * believed; one that failed, or whose every sentence was dropped, is not heard.
 */
export function draftFrom(
  evidence: Evidence,
  extracted: Extract,
  generated: Generated | NotGenerated | null,
): ToldDraft {
  const own = draftExtractive(evidence, extracted);
  if (generated === null) return { ...own, checked: null, told: 'nothing', cited: 0 };
  if ('sentences' in generated) return fromModel(extracted, own, generated);
  const told = generated.shown ? 'other' : 'nothing';
  if (generated.why === 'failed' || generated.why === 'dropped') return { ...own, checked: null, told, cited: 0 };
  const decision = { ...extracted.decision, answer: false };
  const abstained = draftExtractive(evidence, { ...extracted, decision });
  return { ...abstained, reason: generated.reason, checked: null, told, cited: 0 };
}

function fromModel(extracted: Extract, own: Draft, generated: Generated): ToldDraft {
  const { text, sentences, citations, changed } = generated;
  return {
    kind: 'generated',
    text,
    sentences,
    citations: [...citations, ...sidesOf(extracted, citations)],
    confidence: own.confidence,
    reason: null,
    missing: null,
    nearest: [],
    checked: sentences,
    told: changed ? 'other' : 'words',
    cited: citations.length,
  };
}

/** The places that disagree are cited too, whatever the model made of them. */
function sidesOf({ conflicts }: Extract, citations: readonly Citation[]): Citation[] {
  const sides = conflicts.flatMap((conflict) => conflict.sides.map(({ sentence }) => sentence.sentence));
  return sides
    .filter(
      ({ passage, start, end }) =>
        !citations.some((each) => each.versionId === passage.versionId && each.start === start && each.end === end),
    )
    .map((sentence) => cite(sentence.passage, { start: sentence.start, end: sentence.end, label: sentence.label }));
}

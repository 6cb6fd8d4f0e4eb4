import type { AnswerFormat } from '../prompts/index.ts';
import type { Answer, AnswerObject, AnswerSentence, Citation, Clarification } from './answer.ts';
import { cite } from './evidence/cite.ts';
import type { Evidence } from './evidence/retrieve.ts';
import { type Draft, draftExtractive } from './extractive/draft-extractive.ts';
import type { Extract } from './extractive/extract.ts';
import { laidOut } from './extractive/lay-out.ts';
import type { Generated, NotGenerated } from './generated/generation.ts';
import { clarificationOf, draftClarification } from './readings/draft-clarification.ts';

/** A draft, how far it was checked, and what its reader has seen of it. */
export interface ToldDraft extends Draft {
  /** Its sentences as they were checked; null: not yet. */
  readonly checked: readonly AnswerSentence[] | null;
  /** `words`: its words and citations; `other`: words that no longer count. */
  readonly told: 'nothing' | 'words' | 'other';
  readonly object?: AnswerObject;
  readonly clarification?: Clarification;
  /** Citations told already. */
  readonly cited: number;
}

/**
 * The answer from what a model wrote, else from what was extracted. A model that found no answer in the passages is
 * believed; one that failed, or whose every sentence was dropped, is not heard, unless JSON was asked for, which only a model gives.
 */
export function draftFrom(
  evidence: Evidence,
  extracted: Extract,
  given: { readonly generated: Generated | NotGenerated | null; readonly format: AnswerFormat },
): ToldDraft {
  const { generated, format } = given;
  const own = ownWords(evidence, extracted, format);
  if (generated === null) return { ...own, checked: null, told: 'nothing', cited: 0 };
  if ('sentences' in generated) return fromModel(extracted, own, generated);
  const told = generated.shown ? 'other' : 'nothing';
  const unheard = generated.why === 'failed' || generated.why === 'dropped';
  if (unheard && format !== 'json') return { ...own, checked: null, told, cited: 0 };
  const decision = { ...extracted.decision, answer: false };
  const abstained = draftExtractive(evidence, { ...extracted, decision });
  return { ...abstained, reason: generated.reason, checked: null, told, cited: 0 };
}

/** What is said without a model. */
function ownWords(evidence: Evidence, extracted: Extract, format: AnswerFormat): Draft & Pick<Answer, 'clarification'> {
  const plain = draftExtractive(evidence, extracted);
  const clarification = asksBack(extracted);
  if (plain.kind !== 'extractive' || clarification === null) return laidOut(plain, format);
  return draftClarification(clarification, extracted.readings, plain.confidence);
}

function asksBack({ grounds, readings }: Extract): Clarification | null {
  return readings.length < 2 ? null : clarificationOf(grounds.asked.text, readings);
}

function fromModel(extracted: Extract, own: Draft, generated: Generated): ToldDraft {
  const { text, sentences, citations, changed, object } = generated;
  const clarification = asksBack(extracted);
  const told = object === undefined ? 'words' : 'nothing';
  return {
    kind: 'generated',
    text,
    ...(object && { object }),
    ...(clarification && { clarification }),
    sentences,
    citations: [...citations, ...sidesOf(extracted, citations)],
    confidence: own.confidence,
    reason: null,
    missing: null,
    nearest: [],
    checked: sentences,
    told: changed ? 'other' : told,
    cited: told === 'words' ? citations.length : 0,
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

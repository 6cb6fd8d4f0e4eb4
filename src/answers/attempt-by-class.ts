import type { TenantContext } from '../base/index.ts';
import { languageOfQuestion } from '../retrieval/index.ts';
import { type Attempt, type Attempting, attempt, isAnswered, isOwnWords } from './attempt.ts';
import { rightAbove } from './correctives/class-members.ts';
import { classesIn, sortOf } from './correctives/class-names.ts';
import { type ClassStep, classSteps } from './correctives/class-steps.ts';
import { gatherEvidence } from './correctives/gather-evidence.ts';
import type { EvidenceQuery } from './evidence/retrieve.ts';
import { type CandidateSentence, candidateSentences, isSameSentence } from './extractive/candidate-sentences.ts';
import { scoreByWords } from './extractive/score-sentences.ts';
import type { AnswerServices } from './services.ts';

/** Classes that are tried. */
const MOST_STEPS = 2;

/** What is attempted, and how more is looked for. */
type Looking = Attempting & { readonly query: EvidenceQuery };

/**
 * Steps from things of a question to their classes, by what was found: rates stand by zone, and another sentence says which zone a country is in.
 * @returns []: no sentence says such a class, or somebody else answers: a model, words and nearness alone, or several who disagree
 */
export function stepsFrom({ gathered, question }: Attempting, { whole, extracted, ...made }: Attempt): ClassStep[] {
  const { readings, conflicts, grounds } = extracted;
  const isOpen = readings.length + conflicts.length > 0;
  if (isOpen || question.unread === true || !isOwnWords(made, gathered)) return [];
  return classSteps(grounds.asked, candidateSentences(whole.passages, languageOfQuestion(question.text)));
}

/**
 * An answer that holds for a class, with what says so of the thing that is asked about; what holds for the thing's own class in place of one for
 * another.
 * @returns the attempt itself where it speaks of no class, or of the thing itself
 */
export async function withClass(
  services: AnswerServices,
  context: TenantContext,
  { made, ...given }: Looking & { readonly made: Attempt },
): Promise<Attempt> {
  const best = made.extracted.chosen[0]?.sentence;
  const named = best === undefined ? [] : classesOf(best);
  if (best === undefined || named.length === 0) return made;
  const sorts = named.map(sortOf);
  const steps = stepsFrom(given, made).filter((step) => isBeside(best, step) && sorts.includes(sortOf(step.className)));
  if (steps.some(({ thing }) => thing.every((term) => best.terms.has(term) || best.context.has(term)))) return made;
  const own = steps.find(({ className }) => named.includes(className));
  return own === undefined
    ? ((await attemptSteps(services, context, { ...given, steps })) ?? made)
    : withStep(made, own);
}

/** The first of the steps that leads to an answer, which says the step, too; null: none does. */
export async function attemptSteps(
  services: AnswerServices,
  context: TenantContext,
  { steps, ...given }: Looking & { readonly steps: readonly ClassStep[] },
): Promise<Attempt | null> {
  for (const step of steps.slice(0, MOST_STEPS)) {
    const made = await attemptStep(services, context, { ...given, step });
    if (made !== null) return made;
  }
  return null;
}

async function attemptStep(
  services: AnswerServices,
  context: TenantContext,
  { step, ...given }: Looking & { readonly step: ClassStep },
): Promise<Attempt | null> {
  const text = step.question;
  // Nobody asked it.
  const unlogged = { ...services, queryLog: null };
  const gathered = await gatherEvidence(unlogged, context, { ...given.query, question: text });
  const next = { ...given, question: { ...given.question, text }, gathered };
  const made = await attempt(services, context, next);
  const best = made.extracted.chosen[0]?.sentence;
  const holds = best !== undefined && isBeside(best, step) && classesOf(best).includes(step.className);
  return holds && isAnswered(made) ? withStep(made, step) : null;
}

/** The classes that a sentence speaks of, itself or by what stands right above it. */
function classesOf(sentence: CandidateSentence): string[] {
  return [sentence.readable, rightAbove(sentence)].flatMap((text) => [...classesIn(text)]);
}

/** Whether a sentence is another of the same text: what one document calls zone 2 is another zone 2 elsewhere. */
function isBeside(sentence: CandidateSentence, { says }: ClassStep): boolean {
  return sentence.passage.versionId === says.passage.versionId && !isSameSentence(sentence, says);
}

/** The attempt with the sentence that leads to it said, too. */
function withStep(made: Attempt, { says }: ClassStep): Attempt {
  const { whole, extracted } = made;
  const isFound = whole.passages.some(({ candidate }) => candidate.id === says.passage.candidate.id);
  const passages = isFound ? whole.passages : [...whole.passages, says.passage];
  const isSaid = extracted.chosen.some(({ sentence }) => isSameSentence(sentence, says));
  const chosen = isSaid ? extracted.chosen : [...extracted.chosen, ...scoreByWords(extracted.grounds.asked, [says])];
  return { ...made, whole: { ...whole, passages }, extracted: { ...extracted, chosen } };
}

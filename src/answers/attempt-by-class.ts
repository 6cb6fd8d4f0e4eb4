import type { TenantContext } from '../base/index.ts';
import { languageOfQuestion } from '../retrieval/index.ts';
import { type Attempt, type Attempting, asRead, attempt, isAnswered, isDoubtful, isOwnWords } from './attempt.ts';
import { classesIn, isSameClass, isSameSort } from './correctives/class-names.ts';
import { type ClassStep, classSteps } from './correctives/class-steps.ts';
import { gatherEvidence } from './correctives/gather-evidence.ts';
import type { EvidenceQuery } from './evidence/retrieve.ts';
import { type CandidateSentence, candidateSentences } from './extractive/candidate-sentences.ts';
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
  const speaksOf = ({ thing }: ClassStep): boolean => thing.every((term) => best.terms.has(term));
  const steps = stepsFrom(given, made).filter(
    (step) => !speaksOf(step) && named.some((name) => isSameSort(name, step.className)),
  );
  const own = steps.find((step) => isOfClass(best, step.className));
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
  const gathered = await gatherEvidence(services, context, { ...given.query, question: text });
  const next = { ...given, question: { ...given.question, text }, gathered };
  const first = await attempt(services, context, next);
  const made = isAnswered(first) && !isDoubtful(first, gathered) ? first : await asRead(services, next, first);
  const [best] = made.extracted.chosen;
  const holds = best !== undefined && !isSame(best.sentence, step.says) && isOfClass(best.sentence, step.className);
  return holds && isAnswered(made) ? withStep(made, step) : null;
}

/** The classes that a sentence speaks of, itself or by what stands above it. */
function classesOf({ readable, label, passage }: CandidateSentence): string[] {
  return [readable, label ?? '', ...passage.headingPath].flatMap((text) => [...classesIn(text)]);
}

function isOfClass(sentence: CandidateSentence, className: string): boolean {
  return classesOf(sentence).some((name) => isSameClass(name, className));
}

function isSame(one: CandidateSentence, other: CandidateSentence): boolean {
  return one.start === other.start && one.passage.versionId === other.passage.versionId;
}

/** The attempt with the sentence that leads to it said, too. */
function withStep(made: Attempt, { says }: ClassStep): Attempt {
  const { whole, extracted } = made;
  const isFound = whole.passages.some(({ candidate }) => candidate.id === says.passage.candidate.id);
  const passages = isFound ? whole.passages : [...whole.passages, says.passage];
  const isSaid = extracted.chosen.some(({ sentence }) => isSame(sentence, says));
  const chosen = isSaid ? extracted.chosen : [...extracted.chosen, ...scoreByWords(extracted.grounds.asked, [says])];
  return { ...made, whole: { ...whole, passages }, extracted: { ...extracted, chosen } };
}

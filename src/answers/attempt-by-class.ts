import type { TenantContext } from '../base/index.ts';
import { languageOfQuestion } from '../retrieval/index.ts';
import { type Attempt, type Attempting, asRead, attempt, isAnswered, isDoubtful, isOwnWords } from './attempt.ts';
import { classesIn, isSameClass, isSameSort } from './correctives/class-names.ts';
import { type ClassStep, classSteps } from './correctives/class-steps.ts';
import { gatherEvidence } from './correctives/gather-evidence.ts';
import type { Evidence, EvidenceQuery } from './evidence/retrieve.ts';
import { type CandidateSentence, candidateSentences } from './extractive/candidate-sentences.ts';
import { scoreByWords } from './extractive/score-sentences.ts';
import type { AnswerServices } from './services.ts';

/** Classes that are tried. */
const MOST_STEPS = 2;

/** An attempt, all that was found for it, and what another needs. */
type Made = Attempting & { readonly query: EvidenceQuery; readonly made: Attempt; readonly found: Evidence };

/**
 * An attempt at a question of a thing for whose class something holds: rates stand by zone, and another sentence says which zone a country is in. That sentence
 * is said, too; where nothing was found, or what holds for another class, what holds for the thing's own is looked for.
 * @returns the attempt itself where no sentence says such a class, nothing holds for it, or somebody else answers: a model, or words and nearness alone
 */
export async function byClass(services: AnswerServices, context: TenantContext, given: Made): Promise<Attempt> {
  const { made, gathered, question } = given;
  const { chosen, readings, conflicts } = made.extracted;
  if (!isOwnWords(made, gathered) || question.unread === true || readings.length + conflicts.length > 0) return made;
  const best = isAnswered(made) ? chosen[0]?.sentence : undefined;
  const steps = stepsFrom(given, best);
  const own = best && steps.find((step) => isOfClass(best, step.className));
  return own === undefined ? ((await firstStep(services, context, { ...given, steps })) ?? made) : withStep(made, own);
}

/** The steps from what was found; where something is said, those to classes of the sorts that it names without naming the thing. */
function stepsFrom({ made, found, question }: Made, best: CandidateSentence | undefined): ClassStep[] {
  const named = best === undefined ? null : classesOf(best);
  if (named?.length === 0) return [];
  const sentences = candidateSentences(found.passages, languageOfQuestion(question.text));
  const steps = classSteps(made.extracted.grounds.asked, sentences);
  if (best === undefined || named === null) return steps;
  const speaksOf = ({ thing }: ClassStep): boolean => thing.every((term) => best.terms.has(term));
  return steps.filter((step) => !speaksOf(step) && named.some((name) => isSameSort(name, step.className)));
}

/** The first of the steps that leads to an answer; null: none does. */
async function firstStep(
  services: AnswerServices,
  context: TenantContext,
  { steps, ...given }: Made & { readonly steps: readonly ClassStep[] },
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
  { step, ...given }: Made & { readonly step: ClassStep },
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

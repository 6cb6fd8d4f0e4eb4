import type { TenantContext } from '../base/index.ts';
import { findPrompt, promptFor, type PromptPassage } from '../prompts/index.ts';
import type { Reading, ReadPassage } from './evidence/reading/choose-reading.ts';
import { generateAnswer } from './generated/generate-answer.ts';
import { DEFAULT_POLICY, type Generated, type Generation, type NotGenerated } from './generated/generation.ts';
import { generateObject } from './objects/index.ts';
import type { Question } from './question.ts';
import type { AnswerServices } from './services.ts';
import type { Making } from './stream/answer-streams.ts';

/**
 * What a model makes of what it reads: words, or JSON by the question's schema. Words are shown as they come, once `onRecord`
 * says that their documents are noted.
 * @throws PlumblineError `prompt.not-found`
 */
export async function writeAnswer(
  services: AnswerServices,
  context: TenantContext,
  given: {
    readonly question: Question;
    readonly making: Making;
    readonly asOf: number;
    readonly reading: Reading;
    readonly onRecord: Promise<void>;
  },
): Promise<Generated | NotGenerated> {
  const { question, making, asOf, reading, onRecord } = given;
  const { collection, signal } = question;
  const { model = null, format = 'text', policy = {}, maxTokens, schema } = question.generation ?? {};
  const asked: Generation = {
    prompt: {
      template: findPrompt(question.generation?.prompt ?? promptFor(format)),
      question: question.text,
      passages: reading.passages.map(promptPassage),
      format,
      asOf: dayOf(asOf),
      fence: `data-${services.newId().slice(-12)}`,
    },
    passages: reading.passages,
    reading: reading.did,
    models: services.modelsFor(collection),
    policy: { ...DEFAULT_POLICY, ...collection.settings.policy, ...policy },
    model,
    ...(maxTokens !== undefined && { maxTokens }),
    making,
    onRecord,
    verifiers: services.verifiersFor?.(context, collection) ?? [],
    signal,
  };
  return schema === undefined
    ? await generateAnswer(services, context, asked)
    : await generateObject(services, context, { ...asked, schema });
}

function promptPassage(passage: ReadPassage, index: number): PromptPassage {
  const { title, headingPath: headings, effectiveFrom, text, standsFor } = passage;
  return { number: index + 1, title, headings, validFrom: dayOf(effectiveFrom), text, standsFor };
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

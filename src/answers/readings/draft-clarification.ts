import { languageOfQuestion } from '../../retrieval/index.ts';
import type { Clarification } from '../answer.ts';
import type { Draft } from '../extractive/draft-extractive.ts';
import type { AnswerSentence, Citation } from '../answer.ts';
import { cite } from '../evidence/cite.ts';
import type { Reading } from './find-readings.ts';

const ENGLISH = ['Which do you mean', 'or'] as const;

/** How it is asked which is meant, by language (ISO 639-1); English where none fits. */
const WHICH: Readonly<Record<string, readonly [ask: string, or: string]>> = {
  en: ENGLISH,
  de: ['Was ist gemeint', 'oder'],
  fr: ['Lequel voulez-vous dire', 'ou'],
  es: ['¿A cuál se refiere', 'o'],
};

/** What is asked back, and the narrowed question behind each option. */
export function clarificationOf(question: string, readings: readonly Reading[]): Clarification {
  const [ask, or] = WHICH[languageOfQuestion(question)] ?? ENGLISH;
  const labels = readings.map(({ subject }) => subject);
  const bare = question.trim().replace(/[?.!\s]+$/, '');
  return {
    question: `${ask}: ${labels.slice(0, -1).join(', ')} ${or} ${labels.at(-1) ?? ''}?`,
    options: labels.map((label) => ({ label, question: `${bare} (${label})?` })),
  };
}

/** What is said of each subject, in the sources' words, and the question which one is meant. */
export function draftClarification(
  clarification: Clarification,
  readings: readonly Reading[],
  confidence: number,
): Draft & { readonly clarification: Clarification } {
  const citations = readings.map(({ sentence: { sentence } }): Citation => cite(sentence.passage, sentence));
  const said = readings.map(({ sentence }, i): Pick<AnswerSentence, 'text' | 'citations'> => {
    return { text: sentence.sentence.readable, citations: [i] };
  });
  const asked = { text: clarification.question, citations: [] };
  const told = said.map(({ text }, i) => `${readings[i]?.subject ?? ''}: ${text}`);
  return {
    kind: 'clarification',
    text: [...told, clarification.question].join(' '),
    sentences: [...said, asked],
    citations,
    confidence,
    reason: null,
    missing: null,
    nearest: [],
    clarification,
  };
}

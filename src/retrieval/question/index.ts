/**
 * Reads a question before it is searched: phrases and prefixes it marks, words the collection does not know, short forms
 * the collection explains. Never searches and asks no model. Start with `read-question.ts`.
 */
export { containsPhrase } from './phrases.ts';
export { type QuestionRead, readQuestion } from './read-question.ts';

/**
 * Answers as JSON by a caller's schema: a model fills it in and names the words that carry each text, number and yes or no; each is
 * checked as a claim. Never lets a value pass that no passage was named for. Start with `generate-object.ts`.
 */
export { checkFormat } from './check-format.ts';
export { generateObject } from './generate-object.ts';
export type { JsonSchema } from './read-schema.ts';

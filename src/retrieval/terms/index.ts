/**
 * The light door of `retrieval`: the terms of a text without the index that stores them, for parser processes and
 * other places that must stay small. Never loads LanceDB, never searches. Start with `../analyse.ts`.
 */
export { analyse, chunkTerms } from '../analyse.ts';
export { languageOfDocument } from '../detect-language.ts';

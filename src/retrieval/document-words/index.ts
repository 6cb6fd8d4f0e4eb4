/**
 * The words of whole documents, counted in memory: what BM25 says of a document beside what the index says of one chunk,
 * and further terms that the best documents suggest. Never reads text or the store: whoever has them counts them in.
 * Start with `document-words.ts`, then `weigh-documents.ts`.
 */
export { DocumentWords } from './document-words.ts';
export { findShortForms } from './find-short-forms.ts';
export { type DocumentWeighing, weighDocuments } from './weigh-documents.ts';

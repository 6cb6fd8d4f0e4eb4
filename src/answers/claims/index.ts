/**
 * An answer's text → claims → what the sources say of each, with the words that carry or contradict it. Levels: *quote*
 * (word for word), *local* (words, numbers, dates, names, negations compared), *nli* and *judge* (models, where configured). Never
 * says `contradicted` at the local level without the pair that conflicts. Start with `verify-claims.ts`.
 */
export type { ClaimSource, ClaimVerdict } from './claim.ts';
export type { ClaimVerifier } from './claim-verifier.ts';
export { type Judge, judgeVerifier } from './judge/judge-verifier.ts';
export { configuredVerifiers } from './configured-verifiers.ts';
export { verifyClaims } from './verify-claims.ts';
export { type Element, elementsOf } from './local/reading/elements.ts';
export { sameAmount } from './local/reading/amounts.ts';
export { datesDiffer } from './local/reading/dates.ts';
export { synonymGroups } from './local/reading/lexicon/synonyms.ts';

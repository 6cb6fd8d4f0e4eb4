/**
 * What organisations and collections declare their material to be, and which models may therefore see it. Never guesses what a text
 * is, never loosens what installation, organisation or collection say: the strictest counts. Start with `declared-privacy.ts`.
 */
export { type DeclaredPrivacy, openDeclaredPrivacy } from './declared-privacy.ts';

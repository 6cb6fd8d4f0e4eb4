/**
 * Versioned prompt templates: rules for a model, and how untrusted text is set apart from them. Never calls a model and never
 * puts words of a document, tool or user among the rules. Start with `answer-prompt.ts`.
 */
export {
  answerMessages,
  type AnswerPromptParts,
  NO_ANSWER,
  type PromptPassage,
  repairMessages,
} from './answer-prompt.ts';
export { REWRITE_KINDS, REWRITE_PROMPT, type RewriteKind, rewriteMessages } from './rewrite-prompt.ts';
export { condenseMessages } from './condense-prompt.ts';
export { type AnswerFormat, findPrompt, promptFor, promptsFor, type PromptTemplate } from './templates.ts';

/**
 * The light door of `models`: counts a model's tokens without loading the runtime that runs it, for parser processes
 * and other places that must stay small. Never loads onnxruntime, never embeds. Start with `token-counter.ts`.
 */
export { createTokenCounter } from './token-counter.ts';

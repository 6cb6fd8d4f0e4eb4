import { PlumblineError } from '../../base/index.ts';
import type { ChunkOptions } from '../parse/parsed-document.ts';

/** The preset every collection starts with: fits an embedder with a window of 250 tokens or more. */
export const DEFAULT_CHUNKING: ChunkOptions = {
  strategy: 'structural',
  bodyTokens: 200,
  overlapTokens: 32,
  headerTokens: 48,
  parentTokens: 1024,
};

/** Tokens a model adds around a text (`[CLS]`, `[SEP]`). */
const SPECIAL_TOKENS = 2;

/** A chunk would not fit the embedder's window, so its end would silently not be embedded. */
export class ChunkingTooLarge extends PlumblineError {
  constructor(needed: number, window: number) {
    super({
      code: 'chunking.too-large',
      kind: 'caller',
      message: `Chunks of ${needed} tokens (body, header and ${SPECIAL_TOKENS} special ones) were asked for, but the embedder reads at most ${window}. Lower bodyTokens or headerTokens, or choose an embedder with a larger window.`,
      details: { needed, window },
    });
  }
}

/** A preset that contradicts itself. */
export class ChunkingInvalid extends PlumblineError {
  constructor(problem: string) {
    super({ code: 'chunking.invalid', kind: 'caller', message: `The chunking preset cannot work: ${problem}.` });
  }
}

/**
 * Checks a preset against itself and, when given, the embedder it is for.
 * @param maxTokens the embedder's window, special tokens included
 * @throws ChunkingInvalid, ChunkingTooLarge
 */
export function checkChunking(options: ChunkOptions, maxTokens = Number.POSITIVE_INFINITY): void {
  const { bodyTokens, overlapTokens, headerTokens, parentTokens } = options;
  const numbers = Object.entries({ bodyTokens, overlapTokens, headerTokens, parentTokens });
  for (const [name, value] of numbers) {
    if (!Number.isInteger(value) || value < 0) {
      throw new ChunkingInvalid(`${name} is ${value}; it must be a whole number, 0 or more`);
    }
  }
  if (bodyTokens < 8) throw new ChunkingInvalid(`bodyTokens is ${bodyTokens}; at least 8 are needed`);
  if (overlapTokens > bodyTokens / 2) {
    throw new ChunkingInvalid(
      `overlapTokens is ${overlapTokens}; at most half of bodyTokens (${bodyTokens}) is allowed`,
    );
  }
  if (parentTokens < bodyTokens) {
    throw new ChunkingInvalid(`parentTokens is ${parentTokens}; it must be at least bodyTokens (${bodyTokens})`);
  }
  const needed = bodyTokens + headerTokens + SPECIAL_TOKENS;
  if (needed > maxTokens) throw new ChunkingTooLarge(needed, maxTokens);
}

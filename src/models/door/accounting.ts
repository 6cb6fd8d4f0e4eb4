import type { LanguageModelV4Usage } from '@ai-sdk/provider';
import { costOf } from '../metering/money.ts';
import type { CallUsage, UnitPrice } from './ports.ts';

/** Nothing used. */
export const noUsage: CallUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  estimated: false,
  costNanoUsd: 0n,
};

/** What the provider says a reply used; null when it says nothing. */
export function arrivedUsage(price: UnitPrice, usage: LanguageModelV4Usage | undefined): CallUsage | null {
  const inputTokens = usage?.inputTokens.total;
  const outputTokens = usage?.outputTokens.total;
  if (usage === undefined || inputTokens === undefined || outputTokens === undefined) return null;
  const written = usage.inputTokens.cacheWrite ?? 0;
  return priced(price, {
    inputTokens,
    outputTokens,
    cachedInputTokens: usage.inputTokens.cacheRead ?? 0,
    ...(written > 0 && { cacheWriteInputTokens: written }),
    estimated: false,
  });
}

/** Our own count, for a reply whose usage never arrived. */
export function estimatedUsage(
  price: UnitPrice,
  tokens: { readonly input: number; readonly output: number },
): CallUsage {
  const { input: inputTokens, output: outputTokens } = tokens;
  return priced(price, { inputTokens, outputTokens, cachedInputTokens: 0, estimated: true });
}

function priced(price: UnitPrice, usage: Omit<CallUsage, 'costNanoUsd'>): CallUsage {
  return { ...usage, costNanoUsd: costOf(usage, price) };
}

/** Both together; estimated when either is. */
export function addUsage(a: CallUsage, b: CallUsage): CallUsage {
  const written = (a.cacheWriteInputTokens ?? 0) + (b.cacheWriteInputTokens ?? 0);
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    ...(written > 0 && { cacheWriteInputTokens: written }),
    estimated: a.estimated || b.estimated,
    costNanoUsd: a.costNanoUsd + b.costNanoUsd,
  };
}

/** Tokens that belong to every message beside its text. */
const TOKENS_PER_MESSAGE = 4;
/** English has about four bytes a token, other scripts fewer; three leans to the safe side. */
const BYTES_PER_TOKEN = 3;

/** A cautious count of the tokens of so many bytes of UTF-8, for limits and reservations; never for bills whose usage arrived. */
export function tokensOfBytes(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

/** The same for a text. */
export function estimateTokens(text: string): number {
  return tokensOfBytes(Buffer.byteLength(text));
}

/** The same for a whole prompt, its messages' frames included. */
export function estimatePromptTokens(messages: readonly { readonly content: unknown }[]): number {
  const texts = messages.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
  return texts.reduce((sum, text) => sum + TOKENS_PER_MESSAGE + tokensOfBytes(Buffer.byteLength(text)), 0);
}

/** The same for plain JSON; 0 for undefined. */
export function estimateTokensOf(json: unknown): number {
  return json === undefined ? 0 : tokensOfBytes(Buffer.byteLength(JSON.stringify(json)));
}

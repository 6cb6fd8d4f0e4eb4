import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import type { ModelEntry, ProviderEntry } from '../registry/registry.ts';
import { type ConnectedProvider, connectProvider } from './connect-provider.ts';
import type { Reranker } from './reranker.ts';

/** The registry's providers, each connected when it is first needed. */
export class ProviderSet {
  readonly #fetch: typeof globalThis.fetch;
  readonly #connected = new Map<ProviderEntry, Promise<ConnectedProvider>>();

  /** @param fetch what every request of every provider goes through */
  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  async language(entry: ModelEntry): Promise<LanguageModelV4> {
    return (await this.#provider(entry.provider)).language(entry.model);
  }

  async embedding(entry: ModelEntry): Promise<EmbeddingModelV4> {
    return declared(entry, (await this.#provider(entry.provider)).embedding?.(entry.model));
  }

  async reranker(entry: ModelEntry): Promise<Reranker> {
    return declared(entry, (await this.#provider(entry.provider)).reranker?.(entry.model));
  }

  #provider(entry: ProviderEntry): Promise<ConnectedProvider> {
    const known = this.#connected.get(entry) ?? connectProvider(entry, this.#fetch);
    this.#connected.set(entry, known);
    return known;
  }
}

/** The registry lets no model through whose provider has no such kind. */
function declared<T>(entry: ModelEntry, found: T | undefined): T {
  if (found === undefined) throw new Error(`${entry.provider.kind} has no ${entry.kind} models.`);
  return found;
}

import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import type { ModelEntry, ProviderEntry } from '../registry/registry.ts';
import { type ConnectedProvider, connectProvider } from './connect-provider.ts';
import type { Reranker } from './reranker.ts';

/** The registry's providers, each connected when it is first needed. */
export class ProviderSet {
  readonly #fetch: typeof globalThis.fetch;
  readonly #connected = new Map<ProviderEntry, Promise<ConnectedProvider>>();
  /** Made once: the SDKs build the schemas of their replies for each. */
  readonly #models = new Map<ModelEntry, Promise<LanguageModelV4 | EmbeddingModelV4 | Reranker>>();

  /** @param fetch what every request of every provider goes through */
  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  language(entry: ModelEntry): Promise<LanguageModelV4> {
    return this.#once(entry, (provider) => provider.language(entry.model));
  }

  embedding(entry: ModelEntry): Promise<EmbeddingModelV4> {
    return this.#once(entry, (provider) => declared(entry, provider.embedding?.(entry.model)));
  }

  reranker(entry: ModelEntry): Promise<Reranker> {
    return this.#once(entry, (provider) => declared(entry, provider.reranker?.(entry.model)));
  }

  /** A model is of one kind, which says which of the three it is. */
  #once<T extends LanguageModelV4 | EmbeddingModelV4 | Reranker>(
    entry: ModelEntry,
    make: (provider: ConnectedProvider) => T,
  ): Promise<T> {
    const known = this.#models.get(entry) ?? this.#provider(entry.provider).then(make);
    this.#models.set(entry, known);
    return known as Promise<T>;
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

import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { ModelEntry, ProviderEntry } from '../registry/registry.ts';
import { type ConnectedProvider, connectProvider } from './connect-provider.ts';

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

  #provider(entry: ProviderEntry): Promise<ConnectedProvider> {
    const known = this.#connected.get(entry) ?? connectProvider(entry, this.#fetch);
    this.#connected.set(entry, known);
    return known;
  }
}

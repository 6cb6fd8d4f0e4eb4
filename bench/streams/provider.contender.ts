/** A model's provider in a process of its own, which notes when it began to reply. */
import { startTestProvider, type TestProvider } from '../../src/models/testing.ts';
import { serveRequests } from '../process/handlers.ts';

let provider: TestProvider | null = null;
let repliedAt = 0;

const handlers = {
  /** @returns the address models.json names */
  start: async ({ pieces }: { readonly pieces: readonly string[] }): Promise<string> => {
    provider = await startTestProvider({
      keepLog: false,
      reply: () => {
        repliedAt = performance.timeOrigin + performance.now();
        return { pieces: [...pieces] };
      },
    });
    return provider.url;
  },
  /** When the last reply began, in milliseconds since 1970: just before its first bytes were written. */
  repliedAt: (): Promise<number> => Promise.resolve(repliedAt),
  stop: async (): Promise<void> => {
    await provider?.close();
  },
};

/** What this process can be asked. */
export type ProviderHandlers = typeof handlers;

serveRequests(handlers);

/** A model's provider in a process of its own, which notes when it began to reply. */
import { startTestProvider, type TestProvider } from '../../src/models/testing.ts';
import { serveRequests } from '../process/handlers.ts';

/** Before each word, the first too: what is read beside waiting for a model is read by then, as with real ones. */
const PAUSE_MS = 25;

let provider: TestProvider | null = null;
let receivedAt = 0;
let repliedAt = 0;

const handlers = {
  /** @returns the address models.json names */
  start: async ({ pieces }: { readonly pieces: readonly string[] }): Promise<string> => {
    provider = await startTestProvider({
      keepLog: false,
      reply: () => {
        receivedAt = performance.timeOrigin + performance.now();
        repliedAt = receivedAt + PAUSE_MS;
        return { pieces: [...pieces] };
      },
      fault: () => ({ kind: 'drip', pauseMs: PAUSE_MS }),
    });
    return provider.url;
  },
  /**
   * Of the last request, in milliseconds since 1970: when it was there, and when the first word of the reply was due; a late timer
   * counts as the product's delay.
   */
  times: (): Promise<{ receivedAt: number; repliedAt: number }> => Promise.resolve({ receivedAt, repliedAt }),
  stop: async (): Promise<void> => {
    await provider?.close();
  },
};

/** What this process can be asked. */
export type ProviderHandlers = typeof handlers;

serveRequests(handlers);

import { startTestProvider } from '../../src/models/testing.ts';
import { serveRequests } from '../process/handlers.ts';

const handlers = {
  /** @returns the address, `http://127.0.0.1:PORT/v1` */
  start: async (): Promise<string> => {
    const provider = await startTestProvider({ keepLog: false, reply: () => ({ pieces: PIECES }) });
    return provider.url;
  },
};

const PIECES = 'The tenant pays the rent on the first day of every month, in advance.'.split(/(?<= )/);

/** What the provider's process can be asked. */
export type ProviderHandlers = typeof handlers;

serveRequests(handlers);

/** What a child process can be asked to do: one argument (plain data, typed arrays), one answer. */
export type Handlers = Record<string, (argument: never) => Promise<unknown>>;

interface Request {
  readonly call: number;
  readonly method: string;
  readonly argument: unknown;
}

/** The answer to one request. */
export interface Reply {
  readonly call: number;
  readonly result?: unknown;
  /** Stack of what went wrong; absent when all went well. */
  readonly failure?: string;
}

/** Run in a child process: answers the parent's requests, in order of arrival, until the parent disconnects. */
export function serveRequests(handlers: Handlers): void {
  process.on('message', (request: Request) => {
    void reply(handlers, request).then((message) => process.send?.(message));
  });
  process.on('disconnect', () => process.exit(0));
}

async function reply(handlers: Handlers, { call, method, argument }: Request): Promise<Reply> {
  try {
    const handler = handlers[method];
    if (handler === undefined)
      throw new Error(`No handler "${method}"; there are: ${Object.keys(handlers).join(', ')}.`);
    return { call, result: await handler(argument as never) };
  } catch (error) {
    return { call, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

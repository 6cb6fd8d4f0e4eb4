/** `fetch`, as the SDKs call it. */
export type Fetch = typeof globalThis.fetch;

/** What a call of `fetch` asks. SDKs give an address and a body of text; other bodies are told apart by nothing. */
export function readAsked(
  input: Parameters<Fetch>[0],
  init: Parameters<Fetch>[1],
): { readonly method: string; readonly url: string; readonly body: string } {
  const url = input instanceof Request ? input.url : input.toString();
  const body = init?.body;
  return { method: init?.method ?? 'GET', url, body: bodyText(body) };
}

function bodyText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  return '';
}

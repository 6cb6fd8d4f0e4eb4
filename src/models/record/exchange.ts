import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What is written in the place of a secret. */
const SCRUBBED = 'scrubbed';

/** A request and its reply as a file holds them. Request headers are not in it: that is where keys are. */
export const exchangeSchema = z.object({
  request: z.object({ method: z.string(), url: z.string(), body: z.unknown() }),
  response: z.object({
    status: z.number().int(),
    headers: z.record(z.string(), z.string()),
    encoding: z.enum(['utf8', 'base64']),
    /** As they came. */
    chunks: z.array(z.string()),
  }),
});

/** See {@link exchangeSchema}. */
export type Exchange = z.infer<typeof exchangeSchema>;

/** Parameters of an address that may hold a key or a signature. */
const SECRET_PARAMETER = /key|token|secret|sig|auth|credential|password/i;

/** What was asked, without secrets: the same call gives the same, whichever key it was made with. */
export function scrubbedRequest(
  asked: { readonly method: string; readonly url: string; readonly body: string },
  secrets: readonly string[],
): Exchange['request'] {
  const address = new URL(asked.url);
  address.username = '';
  address.password = '';
  for (const name of address.searchParams.keys().toArray()) {
    if (SECRET_PARAMETER.test(name)) address.searchParams.set(name, SCRUBBED);
  }
  const body = withoutSecrets(asked.body, secrets);
  return { method: asked.method, url: withoutSecrets(address.href, secrets), body: parsed(body) };
}

/** The text with every secret replaced, as it is and as it stands in an address or a JSON string. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  return forms.reduce((scrubbed, form) => (form === '' ? scrubbed : scrubbed.replaceAll(form, SCRUBBED)), text);
}

/** Name of the file of the n-th equal request, from 0. */
export function fileOf(request: Exchange['request'], n: number): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body]))
    .digest('hex');
  return `${hash.slice(0, 24)}-${n}.json`;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

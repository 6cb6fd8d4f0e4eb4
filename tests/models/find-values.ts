/** Letters and digits a value has at least once everything else is left out. */
const GRAM = 8;

/** Fields of a request that hold what people wrote. */
const WRITTEN = new Set(['content', 'text', 'input', 'query', 'documents', 'arguments', 'system', 'inputText']);

/**
 * Looks for values in requests, in whatever way they are written: plain, in another case or with other punctuation,
 * JSON- or percent-escaped, in base64 or hexadecimal, or split over the messages of one request.
 */
export class ValueFinder {
  readonly #byGram = new Map<string, string[]>();
  readonly #valueOf = new Map<string, string>();

  constructor(values: Iterable<string>) {
    for (const value of values) {
      const plain = plainly(value);
      if (plain.length < GRAM) throw new Error(`${value} is too short to be told from other text.`);
      this.#valueOf.set(plain, value);
      const gram = plain.slice(0, GRAM);
      this.#byGram.set(gram, [...(this.#byGram.get(gram) ?? []), plain]);
    }
  }

  /** @param body of a request, as it came over the wire */
  in(body: string): Set<string> {
    const found = new Set<string>();
    for (const reading of readings(body)) this.#search(plainly(reading), found);
    return found;
  }

  #search(text: string, found: Set<string>): void {
    for (let at = 0; at + GRAM <= text.length; at++) {
      for (const plain of this.#byGram.get(text.slice(at, at + GRAM)) ?? []) {
        if (text.startsWith(plain, at)) found.add(this.#valueOf.get(plain) ?? '');
      }
    }
  }
}

/** Letters and digits only, without case. */
function plainly(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The body in every way it can be read. */
function readings(body: string): string[] {
  const whole = [body, unescaped(body)];
  const parsed = parse(body);
  if (parsed !== undefined) whole.push(written(parsed).join(''), unescaped(written(parsed).join('')));
  return [...whole, ...whole.flatMap(decoded)];
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What people wrote, in order, so that what was split meets again. */
function written(value: unknown, isWritten = false): string[] {
  if (typeof value === 'string') return isWritten ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => written(one, isWritten));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => written(one, WRITTEN.has(key)));
}

function unescaped(text: string): string {
  return text
    .replace(/\\+u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (escape) => Buffer.from(escape.replaceAll('%', ''), 'hex').toString())
    .replace(/\\+(["'\\/])/g, '$1');
}

function decoded(text: string): string[] {
  const base64 = (text.match(/[A-Za-z0-9+/_-]{12,}/g) ?? []).flatMap((run) =>
    [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), 'base64').toString()),
  );
  const hex = (text.match(/(?:[0-9a-fA-F]{2}){8,}/g) ?? []).map((run) => Buffer.from(run, 'hex').toString());
  return [...base64, ...hex, ...base64.map(unescaped)];
}

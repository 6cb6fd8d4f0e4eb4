import { PrivacyUnreadable } from './errors.ts';

/** A message of any provider's shape: only `content` is looked into. */
export interface Readable {
  readonly role: string;
  readonly content?: unknown;
}

/** Receives a string and where it stands, and returns what shall stand there. */
type MapString = (text: string, path: string) => string | Promise<string>;

interface MapStringsOptions {
  /** Called for each part that is not text: an image, a file, bytes. */
  readonly onUnreadable?: () => void;
}

/** Fields of a message's parts that name things of the protocol and are never a person's words. */
const protocolFields: ReadonlySet<string> = new Set([
  'type',
  'role',
  'toolCallId',
  'tool_call_id',
  'toolName',
  'mediaType',
  'mimeType',
  'media_type',
  'providerOptions',
  'providerExecuted',
  'approvalId',
]);

/** Kinds of parts whose payload is an image, sound or file. */
const unreadableParts: ReadonlySet<unknown> = new Set([
  'image',
  'image-data',
  'image-url',
  'image_url',
  'input_audio',
  'input_image',
  'input_file',
  'file',
  'file-data',
  'file-url',
  'file-id',
  'media',
]);

const MAX_DEPTH = 32;

/**
 * A copy of the message in which every string of its content has been mapped, keys of tool arguments and results too.
 * @throws PrivacyUnreadable when the content is nested more than 32 levels deep
 */
export async function mapStrings<Message extends Readable>(
  message: Message,
  map: MapString,
  options: MapStringsOptions = {},
): Promise<Message> {
  const walk = new Walk(map, options.onUnreadable ?? (() => undefined));
  const copy: Record<string, unknown> = Object.fromEntries(Object.entries(message));
  for (const field of ['content', 'tool_calls', 'name'] as const) {
    if (copy[field] !== undefined) copy[field] = await walk.value(copy[field], field, 0);
  }
  return copy as unknown as Message;
}

class Walk {
  readonly #map: MapString;
  readonly #onUnreadable: () => void;

  constructor(map: MapString, onUnreadable: () => void) {
    this.#map = map;
    this.#onUnreadable = onUnreadable;
  }

  async value(value: unknown, path: string, depth: number): Promise<unknown> {
    if (typeof value === 'string') return this.#map(value, path);
    if (typeof value === 'number' || typeof value === 'bigint') return this.#number(value, path);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= MAX_DEPTH) throw new PrivacyUnreadable(`it is nested more than ${MAX_DEPTH} levels deep.`);
    if (Array.isArray(value)) return this.#array(value, path, depth);
    if (!isPlain(value)) {
      this.#onUnreadable();
      return value;
    }
    return this.#object(value, path, depth);
  }

  /** A number may be an account or a telephone: it stays a number unless its digits are replaced. */
  async #number(value: number | bigint, path: string): Promise<unknown> {
    const written = String(value);
    const mapped = await this.#map(written, path);
    return mapped === written ? value : mapped;
  }

  async #array(items: readonly unknown[], path: string, depth: number): Promise<unknown[]> {
    const copy: unknown[] = [];
    for (const [index, item] of items.entries()) copy.push(await this.value(item, `${path}.${index}`, depth + 1));
    return copy;
  }

  async #object(object: Readonly<Record<string, unknown>>, path: string, depth: number): Promise<unknown> {
    const isPart = /^(?:content|tool_calls)(?:\.\d+)?$|\.value\.\d+$/.test(path);
    if (isPart && unreadableParts.has(object['type'])) {
      this.#onUnreadable();
      return object;
    }
    const entries: [string, unknown][] = [];
    for (const [key, item] of Object.entries(object)) {
      if (isPart && protocolFields.has(key)) entries.push([key, item]);
      else if (isPart) entries.push([key, await this.value(item, `${path}.${key}`, depth + 1)]);
      else entries.push([await this.#map(key, `${path}.*`), await this.value(item, `${path}.${key}`, depth + 1)]);
    }
    return Object.fromEntries(entries);
  }
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

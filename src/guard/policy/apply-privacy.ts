import { detectPersonalDataInSlices } from '../personal-data/detect.ts';
import type { PersonalDataSpan, PersonalDataType } from '../personal-data/span.ts';
import { PrivacyBlocked } from './errors.ts';
import { type Readable, mapStrings } from './map-strings.ts';
import { actionFor, allowsEverything, type PrivacyAction, type PrivacyPolicy } from './policy.ts';
import { placeholderName, Pseudonyms } from './pseudonyms.ts';

/** One place where personal data was found and what was done about it. Never holds the value. */
export interface ScreenedSpan extends PersonalDataSpan {
  /** Which message, from 0. */
  readonly message: number;
  /** Which string of the message, as a path: `content`, `content.1.text`, `content.0.input.city`. */
  readonly path: string;
  readonly action: PrivacyAction;
}

/** What may be sent, and to whom. */
export interface Screened<Message> {
  readonly messages: readonly Message[];
  /** Only a private model may get it: declared so, or something was found that the policy keeps private. */
  readonly privateOnly: boolean;
  /** Puts values back into what the model answers; empty unless something was pseudonymised. */
  readonly pseudonyms: Pseudonyms;
  /** What was found, in the order of the messages, offsets in the text as it was given. */
  readonly spans: readonly ScreenedSpan[];
}

/** How one call is screened. */
export interface ApplyPrivacyOptions {
  /** Continues the pseudonyms of an earlier step of the same request (a tool loop, a repair). */
  readonly pseudonyms?: Pseudonyms | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Applies the privacy policy to what is about to be sent to a model. Looks into every string of every message's content
 * (text, tool calls and their results, keys of objects); images and files cannot be looked into and count as found, kept
 * private, unless the policy allows everything. The messages given are not changed.
 * @param messages objects with a `role` and a `content`, in the shape of the Vercel AI SDK or OpenAI
 * @throws PrivacyBlocked when the policy blocks a kind that was found
 */
export async function applyPrivacy<Message extends Readable>(
  messages: readonly Message[],
  policy: PrivacyPolicy,
  options: ApplyPrivacyOptions = {},
): Promise<Screened<Message>> {
  const pseudonyms = options.pseudonyms ?? new Pseudonyms();
  const declared = policy.dataClass === 'private';
  if (allowsEverything(policy)) return { messages, privateOnly: declared, pseudonyms, spans: [] };
  const screening = new Screening(policy, pseudonyms, options.signal);
  for (const message of messages) await mapStrings(message, (text) => (pseudonyms.reserve(text), text));
  const screened: Message[] = [];
  for (const message of messages) screened.push(await screening.screen(message));
  screening.refuseBlocked();
  return {
    messages: screened,
    privateOnly: declared || screening.privateOnly,
    pseudonyms,
    spans: screening.spans,
  };
}

/** The state of screening one call. */
class Screening {
  readonly spans: ScreenedSpan[] = [];
  privateOnly = false;
  readonly #policy: PrivacyPolicy;
  readonly #pseudonyms: Pseudonyms;
  readonly #signal: AbortSignal | undefined;
  #message = -1;

  constructor(policy: PrivacyPolicy, pseudonyms: Pseudonyms, signal: AbortSignal | undefined) {
    this.#policy = policy;
    this.#pseudonyms = pseudonyms;
    this.#signal = signal;
  }

  async screen<Message extends Readable>(message: Message): Promise<Message> {
    this.#message++;
    return mapStrings(message, (text, path) => this.#screenText(text, path), {
      onUnreadable: () => (this.privateOnly = true),
    });
  }

  async #screenText(text: string, path: string): Promise<string> {
    const { minScore } = this.#policy;
    const found = await detectPersonalDataInSlices(text, { minScore, signal: this.#signal });
    let screened = '';
    let at = 0;
    for (const span of found) {
      const action = actionFor(this.#policy, span);
      if (action === 'allow') continue;
      this.spans.push({ ...span, message: this.#message, path, action });
      if (action === 'private-only') this.privateOnly = true;
      screened += text.slice(at, span.start) + this.#replacement(span, text.slice(span.start, span.end), action);
      at = span.end;
    }
    return screened + text.slice(at);
  }

  #replacement({ type }: PersonalDataSpan, value: string, action: PrivacyAction): string {
    if (action === 'redact') return `<${placeholderName(type)}>`;
    return action === 'pseudonymise' ? this.#pseudonyms.of(type, value) : value;
  }

  /** @throws PrivacyBlocked naming every kind that is blocked */
  refuseBlocked(): void {
    const counts: Partial<Record<PersonalDataType, number>> = {};
    for (const { type, action } of this.spans) {
      if (action === 'block') counts[type] = (counts[type] ?? 0) + 1;
    }
    if (Object.keys(counts).length > 0) throw new PrivacyBlocked(counts);
  }
}

import { matches } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

// Local part and domain as they are written in practice, a part of RFC 5321 and RFC 6531; quoted local parts are not.
const emailShape =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_][\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}(?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})(?![\p{L}\p{N}@])/gu;

/** E-mail addresses, with names in any script. */
export function detectEmails(text: string): PersonalDataSpan[] {
  return [...matches(text, emailShape)].map(({ start, end }) => ({
    start,
    end,
    type: 'email',
    score: 0.98,
    reason: 'name, @ and a domain',
  }));
}

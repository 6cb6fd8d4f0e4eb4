import { matches, saidNear } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

const about =
  /\b(?:driv(?:er|ing|ers|er's|er’s|ers')?\W{0,2}s?\s(?:licen[cs]e|permit)|dl(?: number| no)|licen[cs]e(?: number| no| plate)|führerschein\w*|permis de conduire|permiso de conducir)\b/iu;
// Letters and digits as the states of the United States and Europe issue them: 5 to 18, at least four digits.
const shape = /(?<![\p{L}\p{N}-])(?=(?:[A-Z-]*\d){4})[A-Z0-9](?:-?[A-Z0-9]){4,17}(?![\p{L}\p{N}-])/gu;

/** Numbers of driving licences: forms differ too much to know one without the words around it. */
export function detectDriverLicences(text: string): PersonalDataSpan[] {
  return [...matches(text, shape)]
    .filter((match) => saidNear(text, match, about))
    .map(({ start, end }) => ({
      start,
      end,
      type: 'driver-licence',
      score: 0.86,
      reason: 'letters and digits, called a licence',
    }));
}

import { digitsOf } from './checksums.ts';
import { matches, saidBefore, saidNear, type Place } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

const EXTENSION = String.raw`(?:\s?(?:[xX]|[Ee]xt\.?|[Ee]xtension|#)\s?\d{1,6})?`;
const internationalShape = new RegExp(
  String.raw`(?<![\w+]|\d )(?:\+|00)\s?\(?[1-9](?:[\s().\-/]{0,2}\d){6,14}(?!\d)${EXTENSION}`,
  'gu',
);
// Up to three separators between digits, so that "(0)20 7946 0958" and "0 20 / 79 46" are one number.
const nationalShape = new RegExp(
  String.raw`(?<![\w.+/\-]|\d )\(?\d(?:[\s().\-/–]{0,2}\d){5,14}(?!\d|[.\-/]\d|(?!x\d)\w)${EXTENSION}`,
  'gu',
);

const aboutPhones =
  /\b(?:phones?|tel(?:ephone)?|mobile|cell(?:phone|ular)?|call(?:ed|ing|s)?|dial(?:led|ing)?|ring|text(?:ed|ing)?|sms|fax|whatsapp|voicemail|hotline|landline|contact(?:ed)?|reach(?:ed|able)?|number|no|nr|handy|telefon\w*|teléfono|telefono|téléphone|portable|móvil|celular|rufnummer|puhelin|telefoon|numéro|número)\b|☎|📞/iu;
const notPhones =
  /\b(?:invoice|order|account|acct|iban|card|case|ticket|ref(?:erence)?|id|ssn|licen[cs]e|passport|policy|serial|isbn|issn|doi|version|tracking|zip|postcode|amount|total|price|routing|aadhaar|vat|tax)\b(?:\s+(?:number|no|nr|code|id|is|was)\b)*\W*$/iu;

/** Telephone numbers: international ones by their prefix, national ones by a written form or by the words around them. */
export function detectPhones(text: string): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const { start, end, value } of matches(text, internationalShape)) {
    const score = internationalScore(value);
    if (score > 0) spans.push({ start, end, type: 'phone', score, reason: 'international prefix, 7 to 15 digits' });
  }
  for (const match of matches(text, nationalShape)) {
    const span = national(text, match);
    if (span !== null) spans.push(span);
  }
  return spans;
}

function internationalScore(value: string): number {
  const digits = digitsOf(value.replace(/(?:x|ext|extension|#).*$/iu, '')).length;
  if (value.startsWith('+')) return digits >= 8 && digits <= 15 ? 0.95 : 0;
  return digits >= 10 && digits <= 17 && /[\s().\-/]/.test(value) ? 0.85 : 0;
}

function national(text: string, { start, end, value }: Place & { readonly value: string }): PersonalDataSpan | null {
  const body = value.replace(/\s?(?:x|ext\.?|extension|#)\s?\d{1,6}$/iu, '');
  const digits = digitsOf(body);
  if (digits.length < 7 || digits.length > 12 || isOtherForm(body)) return null;
  const place = { start, end };
  if (saidBefore(text, place, notPhones)) return null;
  const form = formOf(body, digits);
  const named = saidNear(text, place, aboutPhones);
  const score = named ? form.named : form.alone;
  if (score === 0) return null;
  return { ...place, type: 'phone', score, reason: `${form.name}${named ? ', named a number to call' : ''}` };
}

interface Form {
  readonly name: string;
  /** Score without and with words that say it is a telephone number. */
  readonly alone: number;
  readonly named: number;
}

/** The written form of a national number; forms that dates, amounts and other numbers share count less. */
function formOf(body: string, digits: string): Form {
  if (/^(?:1[\s.-]?)?\(?[2-9]\d{2}\)?[\s.-]{0,2}[2-9]\d{2}[\s.-]?\d{4}$/.test(body) && /[().\s-]/.test(body)) {
    return { name: 'North American form', alone: 0.85, named: 0.95 };
  }
  if (/^\(\d{2,5}\)/.test(body)) return { name: 'area code in brackets', alone: 0.85, named: 0.95 };
  if (body.startsWith('0') && digits.length >= 9 && /[\s/.-]/.test(body)) {
    return { name: 'trunk prefix and groups', alone: 0.75, named: 0.9 };
  }
  if (/^\d{2,4}(?:[ .-]\d{2,4}){2,4}$/.test(body) && digits.length >= 8 && digits.length <= 11) {
    return { name: 'groups of digits', alone: 0.6, named: 0.9 };
  }
  if (/^\d{3,4}[ -]\d{4}$|^\d{2,4}[ -]\d{5,8}$/.test(body))
    return { name: 'two groups of digits', alone: 0.5, named: 0.85 };
  if (/^0\d{8,10}$/.test(body)) return { name: 'trunk prefix', alone: 0.55, named: 0.85 };
  if (/^[2-9]\d{9}$/.test(body)) return { name: 'ten digits', alone: 0.4, named: 0.8 };
  return { name: 'digits', alone: 0, named: digits.length >= 7 && digits.length <= 11 ? 0.65 : 0 };
}

/** Dates, spans of years, and the 3-2-4 of social security numbers. */
function isOtherForm(body: string): boolean {
  return (
    /^(?:19|20)\d{2}[\s./-]\d{1,2}[\s./-]\d{1,2}(?:$| \d{1,2}$)|^\d{1,2}[\s./-]\d{1,2}[\s./-](?:19|20)\d{2}$/.test(
      body,
    ) || /^(?:19|20)\d{2}\s?[-–/]\s?(?:19|20)\d{2}$|^\d{3}-\d{2}-\d{4}$/.test(body)
  );
}

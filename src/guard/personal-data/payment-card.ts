import { digitsOf, luhn } from './checksums.ts';
import { matches, saidNear } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

/** Issuer identification numbers and lengths, from the networks' public documents (ISO/IEC 7812 registrations). */
interface Issuer {
  readonly name: string;
  readonly prefix: RegExp;
  readonly lengths: readonly number[];
}

const SIXTEEN_UP = [16, 17, 18, 19];
const issuers: readonly Issuer[] = [
  { name: 'Visa', prefix: /^4/, lengths: [13, 16, 19] },
  { name: 'Mastercard', prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { name: 'American Express', prefix: /^3[47]/, lengths: [15] },
  { name: 'Diners Club', prefix: /^(?:30[0-5]|3095|36|38|39)/, lengths: [14, 16, 17, 18, 19] },
  {
    name: 'Discover',
    prefix: /^(?:6011|64[4-9]|65|62212[6-9]|6221[3-9]|622[2-8]|6229[01]|62292[0-5])/,
    lengths: SIXTEEN_UP,
  },
  { name: 'JCB', prefix: /^35(?:2[89]|[3-8])/, lengths: SIXTEEN_UP },
  { name: 'JCB', prefix: /^(?:2131|1800)/, lengths: [15] },
  { name: 'UnionPay', prefix: /^(?:62|81)/, lengths: SIXTEEN_UP },
  { name: 'Mir', prefix: /^220[0-4]/, lengths: SIXTEEN_UP },
  { name: 'Troy', prefix: /^(?:65|9792)/, lengths: [16] },
  { name: 'RuPay', prefix: /^(?:60|65|81|82|508)/, lengths: [16] },
  { name: 'Verve', prefix: /^(?:506(?:099|1)|507(?:8[67]|9)|6500)/, lengths: SIXTEEN_UP },
  { name: 'Maestro', prefix: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
];

const cardShape = /(?<![\d.,+-])\d(?:[ -]?\d){11,22}(?!\d)/g;
const aboutCards =
  /\b(?:card|credit|debit|visa|master\s?card|amex|american express|diners|discover|jcb|maestro|pan|cvv|cvc|expir\w+|kreditkarte\w*|carte|tarjeta|carta|cartão)\b/i;

/** Payment card numbers: an issuer's range and length, and Luhn's check digit. */
export function detectPaymentCards(text: string): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const { start, value } of matches(text, cardShape)) {
    const found = longestCard(value);
    if (found === null) continue;
    const place = { start: start + found.from, end: start + found.to };
    const named = saidNear(text, place, aboutCards);
    // One number in ten passes Luhn: a bare run of twelve to fourteen digits needs a word beside it.
    const long = digitsOf(value.slice(found.from, found.to)).length >= 15;
    const score = named ? 0.99 : long ? 0.95 : 0.6;
    spans.push({ ...place, type: 'payment-card', score, reason: reasonOf(found.issuer, named) });
  }
  return spans;
}

function reasonOf(issuer: string, named: boolean): string {
  return `Luhn checksum, ${issuer} range${named ? ', named a card' : ''}`;
}

/** The longest stretch of whole groups that is a card: a security code may follow the number, an ordinal precede it. */
function longestCard(value: string): { from: number; to: number; issuer: string } | null {
  const groups = [...value.matchAll(/\d+/g)];
  let best: { from: number; to: number; issuer: string } | null = null;
  for (const first of groups) {
    for (const last of groups) {
      const [from, to] = [first.index, last.index + last[0].length];
      if (to - from <= (best === null ? 11 : best.to - best.from)) continue;
      const issuer = issuerOf(digitsOf(value.slice(from, to)));
      if (issuer !== null) best = { from, to, issuer };
    }
  }
  return best;
}

function issuerOf(digits: string): string | null {
  const issuer = issuers.find(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits));
  return issuer !== undefined && !/^(\d)\1+$/.test(digits) && luhn(digits) ? issuer.name : null;
}

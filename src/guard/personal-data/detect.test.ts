import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectPersonalData, detectPersonalDataInSlices, personalDataTypes } from '../index.ts';

const known = new Set<string>(personalDataTypes);

/** `type: words` of every span found. */
function found(text: string): string[] {
  return detectPersonalData(text).map(({ start, end, type }) => `${type}: ${text.slice(start, end)}`);
}

test.each([
  ['Pay with 4111 1111 1111 1111, CVV 123.', ['payment-card: 4111 1111 1111 1111']],
  ['Pay with 4111 1111 1111 1112.', []],
  ['card 378282246310005 exp 09/29', ['payment-card: 378282246310005']],
  ['IBAN DE89 3704 0044 0532 0130 00, thanks', ['iban: DE89 3704 0044 0532 0130 00']],
  ['IBAN DE89 3704 0044 0532 0130 01', []],
  ['to gb82west12345698765432 and on', ['iban: gb82west12345698765432']],
  ['SSN 123-45-6789', ['us-ssn: 123-45-6789']],
  ['SSN 666-45-6789 or 123-00-6789', []],
  ['my social security number is 123456789', ['us-ssn: 123456789']],
  ['Mail o.neil+list@sub.example.co.uk.', ['email: o.neil+list@sub.example.co.uk']],
  ['at 10.0.0.255 or fe80::1ff:fe23:4567:890a', ['ip-address: 10.0.0.255', 'ip-address: fe80::1ff:fe23:4567:890a']],
  ['version 1.2.3.4 and 300.1.1.1', []],
  [
    'See https://example.org/a(b)?c=1, then www.example.net.',
    ['url: https://example.org/a(b)?c=1', 'url: www.example.net'],
  ],
  ['Look at example.com/path and README.md, index.ts.', ['url: example.com/path']],
  ['Call +44 20 7946 0958 today', ['phone: +44 20 7946 0958']],
  ['Call (555) 234-5678 x12', ['phone: (555) 234-5678 x12']],
  ['Invoice number 5552345678', []],
])('%s', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

const mixed = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.emailAddress(),
      fc.webUrl(),
      fc.ipV6(),
      fc.constantFrom('4111 1111 1111 1111', '+44 20 7946 0958', 'DE89370400440532013000', '\n', 'call'),
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(' '));

test('spans are in order, apart, inside the text, and scored', () => {
  fc.assert(
    fc.property(mixed, (text) => {
      let last = 0;
      for (const { start, end, score, type } of detectPersonalData(text, { minScore: 0 })) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(known.has(type)).toBe(true);
        last = end;
      }
    }),
  );
});

test('a long text in slices gives what it gives at once', async () => {
  const lines = Array.from(
    { length: 400 },
    (_, index) => `Line ${index}: write to user${index}@example.org or call +44 20 7946 0958.`,
  );
  const text = lines.join('\n');
  expect(await detectPersonalDataInSlices(text)).toEqual(detectPersonalData(text));
});

test('reports only the kinds and scores that were asked for', () => {
  const text = 'ada@example.org, card 4111 1111 1111 1111';
  expect(detectPersonalData(text, { types: ['email'] }).map(({ type }) => type)).toEqual(['email']);
  expect(detectPersonalData(text, { minScore: 0.985 }).map(({ type }) => type)).toEqual(['payment-card']);
});

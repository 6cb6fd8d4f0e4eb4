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
  ['My name is Anna Kowalska and I live in Berlin.', ['person: Anna Kowalska', 'location: Berlin']],
  ['Dear Dr. Quillfeather, see you', ['title: Dr.', 'person: Quillfeather']],
  ['He works at Quillfeather and Sons Ltd in Kenya.', ['organisation: Quillfeather and Sons Ltd', 'location: Kenya']],
  ['Will you mark the Privacy Policy as read?', []],
  ['The French team met Paris Hilton.', ['group: French', 'person: Paris Hilton']],
  ['I am 37 years old, born on 4 May 1987.', ['age: 37', 'date-of-birth: 4 May 1987']],
  ['Due 2024-02-30, room 40-50-60', ['date: 2024-02-30']],
  ['Ship to 12 Quillfeather Lane, Austin, TX 78701 now', ['street-address: 12 Quillfeather Lane, Austin, TX 78701']],
  ['Meet at Quillfeather Street', ['street-address: Quillfeather Street']],
  ['At 81 Quillfeather Orchard', ['street-address: 81 Quillfeather Orchard']],
  ['The train from Kettleworth is late.', ['location: Kettleworth']],
  ['My zip code is 90210.', ['postcode: 90210']],
  ['Move from SW1A 1AA today', ['postcode: SW1A 1AA']],
  [
    'Write to\nAnna Kowalska\n12 Quillfeather Lane\nKettleworth\nKenya',
    ['person: Anna Kowalska', 'street-address: 12 Quillfeather Lane', 'location: Kettleworth', 'location: Kenya'],
  ],
  ['Is Brzezinka Oyelaranova here?', ['person: Brzezinka Oyelaranova']],
  ['The shop is at Quillfeatherstraße 12.', ['street-address: Quillfeatherstraße 12']],
  ['Logged 2024-02-03 04:05:06 twice', ['date: 2024-02-03 04:05:06']],
  ['Call (555)234-5678x12', ['phone: (555)234-5678x12']],
  ['She is cambodian, the shoes need polish.', ['group: cambodian']],
  ['Driver license D1234567', ['driver-licence: D1234567']],
  ['Part D1234567', []],
  ['NINO AB 12 34 56 C', ['national-id: AB 12 34 56 C']],
  ['DNI 12345678Z, not 12345678A', ['national-id: 12345678Z']],
  ['NHS number 943 476 5919', ['national-id: 943 476 5919']],
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

const lines = Array.from(
  { length: 400 },
  (_, index) => `Line ${index}: write to user${index}@example.org or call +44 20 7946 0958.`,
);

test.each([
  ['in slices', 100],
  ['in a thread', 400],
])('a long text %s gives what it gives at once', async (_, count) => {
  const text = lines.slice(0, count).join('\n');
  expect(await detectPersonalDataInSlices(text)).toEqual(detectPersonalData(text));
});

test.each([100, 400])('a text of %i lines is looked at no further when its signal fires', async (count) => {
  const stopper = new AbortController();
  const looking = detectPersonalDataInSlices(lines.slice(0, count).join('\n'), { signal: stopper.signal });
  const reason = new Error('stopped');
  stopper.abort(reason);
  await expect(looking).rejects.toBe(reason);
});

test('other work goes on while a long text is looked at', async () => {
  let turns = 0;
  const turn = (): void => {
    turns++;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  await detectPersonalDataInSlices(lines.join('\n'));
  clearImmediate(next);
  expect(turns).toBeGreaterThan(10);
});

test('reports only the kinds and scores that were asked for', () => {
  const text = 'ada@example.org, card 4111 1111 1111 1111';
  expect(detectPersonalData(text, { types: ['email'] }).map(({ type }) => type)).toEqual(['email']);
  expect(detectPersonalData(text, { minScore: 0.985 }).map(({ type }) => type)).toEqual(['payment-card']);
});

test('every declared kind is found in some text', () => {
  const texts = [
    'Mr. John Smith, 37 years old, French, born on 4 May 1987, works at Acme Ltd in Berlin since 3 June 2020.',
    'He lives at 12 Maple Street and his zip code is 90210. Mail a@example.org or call +44 20 7946 0958.',
    'https://example.org 10.0.0.1, 4111 1111 1111 1111, DE89 3704 0044 0532 0130 00, SSN 123-45-6789,',
    'NINO AB 12 34 56 C.',
    'Driver license D1234567.',
  ];
  const seen = new Set(texts.flatMap((text) => detectPersonalData(text)).map(({ type }) => type));
  expect([...seen].sort()).toEqual([...personalDataTypes].sort());
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeVerifier } from './judge/judge-verifier.ts';
import { verifyClaims } from './verify-claims.ts';

const text =
  'Laptops are replaced after 48 months. Employees must report a lost laptop within 2 hours. Meridian bought Halden in 2019. ' +
  'The badge is not valid on Sundays. Some offices close early.';
const source = { id: 'doc-1', text };

async function only(claim: string) {
  const verdicts = await verifyClaims(claim, [source]);
  expect(verdicts).toHaveLength(1);
  return verdicts[0];
}

describe('verifyClaims', () => {
  it('finds a claim word for word and says where', async () => {
    const verdict = await only('Laptops are replaced after 48 months.');
    expect(verdict).toMatchObject({ status: 'supported', level: 'quote', score: 1 });
    expect(verdict?.spans.map(({ start, end }) => text.slice(start, end))).toEqual([
      'Laptops are replaced after 48 months',
    ]);
  });

  it.each([
    'Laptops are replaced after forty-eight months.',
    'Laptops are replaced after 4 years.',
    'Staff have to report a lost laptop within two hours.',
    'In 2019, Meridian acquired Halden.',
    "The badge isn't valid on Sundays.",
  ])('supports what says the same in other words: %s', async (claim) => {
    expect(await only(claim)).toMatchObject({ status: 'supported', level: 'local' });
  });

  it.each([
    { claim: 'Laptops are replaced after 36 months.', kind: 'number', ours: '36 months', theirs: '48 months' },
    { claim: 'Laptops are replaced after 48 weeks.', kind: 'unit', ours: '48 weeks', theirs: '48 months' },
    { claim: 'Meridian bought Halden in 2018.', kind: 'date', ours: '2018', theirs: '2019' },
    { claim: 'Meridian bought Northwick in 2019.', kind: 'name', ours: 'Northwick', theirs: 'Halden' },
    { claim: 'The badge is valid on Sundays.', kind: 'negation', ours: 'valid', theirs: 'not' },
    { claim: 'Laptops are not replaced after 48 months.', kind: 'negation', ours: 'not', theirs: 'replaced' },
  ])('shows the pair that conflicts: $claim', async ({ claim, kind, ours, theirs }) => {
    const verdict = await only(claim);
    expect(verdict).toMatchObject({
      status: 'contradicted',
      conflict: { kind, claim: { text: ours }, source: { text: theirs } },
    });
    expect(verdict?.reason).toContain(`"${theirs}"`);
  });

  it.each([
    'Halden bought Meridian in 2019.',
    'All offices close early.',
    'Employees may report a lost laptop within 2 hours.',
    'Laptops are replaced after 48 months by the supplier.',
    'Offices close early.',
    'Parking is free.',
  ])('leaves undecided what the source does not carry: %s', async (claim) => {
    expect(await only(claim)).toMatchObject({ status: 'unverified' });
  });

  it('does not take a part for the whole', async () => {
    const doubted = {
      id: 'd',
      text: 'It is false that laptops are replaced every year. Staff may leave early unless a customer waits.',
    };
    const verdicts = await verifyClaims('Laptops are replaced every year. Staff may leave early.', [doubted]);
    expect(verdicts.map(({ status }) => status)).not.toContain('supported');
  });

  it('does not take the negation of one thing for that of another', async () => {
    const nearby = { id: 'n', text: 'They could not commit to the film, and he was offered another role.' };
    const verdicts = await verifyClaims('He was not offered another role.', [nearby]);
    expect(verdicts.map(({ status }) => status)).toEqual(['contradicted']);
  });

  it('checks a claim against the sources it cites only', async () => {
    const other = { id: 'other', text: 'Nothing of the kind.' };
    const cited = 'Laptops are replaced after 48 months [2]. Meridian bought Halden in 2019 [doc-1].';
    const verdicts = await verifyClaims(cited, [source, other]);
    expect(verdicts.map(({ status }) => status)).toEqual(['unverified', 'supported']);
  });

  it('refuses a citation of something that was not retrieved', async () => {
    await expect(verifyClaims('Parking is free [7].', [source])).rejects.toMatchObject({
      code: 'citation.unknown-source',
    });
    await expect(verifyClaims('Parking is free [doc-9].', [source])).rejects.toMatchObject({
      code: 'citation.unknown-source',
    });
  });

  it('takes for no citation what a source itself has in brackets', async () => {
    const lab = { id: 'lab', text: 'Glycated haemoglobin [HbA1c] was 7 percent in 2019 [12].' };
    expect(await verifyClaims(lab.text, [lab])).toMatchObject([{ status: 'supported', level: 'quote' }]);
    await expect(verifyClaims('Glycated haemoglobin [HbA1d] was 7 percent.', [lab])).rejects.toMatchObject({
      code: 'citation.unknown-source',
    });
  });

  it('says of no word that it is nowhere when it is there', async () => {
    const hours = { id: 'h', text: 'Outside these hours nobody is expected to answer a call from the desk in Leeds.' };
    for (const { reason } of await verifyClaims('Nobody was never expected to answer calls in Leeds or Oslo.', [
      hours,
    ])) {
      expect(reason).toContain('Oslo');
      expect(reason).not.toContain('expected');
    }
  });

  it('tells questions and greetings from claims', async () => {
    const verdicts = await verifyClaims('Sure! When are laptops replaced? Laptops are replaced after 48 months.', [
      source,
    ]);
    expect(verdicts.map(({ status }) => status)).toEqual(['not-a-claim', 'not-a-claim', 'supported']);
  });

  it('asks the judge only about what is still open', async () => {
    const asked: string[] = [];
    const judge = judgeVerifier((claim) => {
      asked.push(claim);
      return Promise.resolve({ status: 'partly', score: 0.6, reason: 'scripted', spans: [] });
    });
    const answer =
      'Laptops are replaced after 48 months. Laptops are replaced after 9 months. Lost laptops are reported to the desk. Parking is free.';
    const verdicts = await verifyClaims(answer, [source], { verifiers: [judge] });
    expect(verdicts.map(({ status, level }) => [status, level])).toEqual([
      ['supported', 'quote'],
      ['contradicted', 'local'],
      ['partly', 'judge'],
      ['unverified', 'local'],
    ]);
    expect(asked).toEqual(['Lost laptops are reported to the desk.']);
  });

  it('discards the verdicts of a judge that points outside its sources', async () => {
    const spans = [{ sourceId: 'doc-1', start: 0, end: text.length + 1 }];
    const judge = judgeVerifier(() => Promise.resolve({ status: 'supported', score: 1, reason: 'scripted', spans }));
    const verified = verifyClaims('Lost laptops are reported to the desk.', [source], { verifiers: [judge] });
    await expect(verified).rejects.toMatchObject({ code: 'verifier.misbehaved' });
  });

  it('stops when the caller does', async () => {
    await expect(verifyClaims('Parking is free.', [source], { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });

  it('never shows words that are not there, whatever is done to a quote', async () => {
    const edit = fc.record({
      at: fc.nat(text.length),
      drop: fc.nat(12),
      put: fc.oneof(fc.constantFrom(' not', '', '7', ' Oslo ', '. ', '\n'), fc.string({ maxLength: 8 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 4 }), async (edits) => {
        const edited = edits.reduce((told, { at, drop, put }) => told.slice(0, at) + put + told.slice(at + drop), text);
        const verdicts = await verifyClaims(edited.replaceAll(/[[\]]/g, ''), [source]);
        for (const { claim, status, spans, level, conflict } of verdicts) {
          for (const { start, end } of spans) expect(text.slice(start, end)).not.toBe('');
          if (conflict !== null)
            expect(text.slice(conflict.source.start, conflict.source.end)).toBe(conflict.source.text);
          if (conflict !== null)
            expect(claim.text.slice(conflict.claim.start, conflict.claim.end)).toBe(conflict.claim.text);
          if (status === 'supported' && level === 'quote') expect(squeezed(text)).toContain(squeezed(claim.text));
          expect(status === 'supported' && spans.length === 0).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Letters and digits only. */
function squeezed(words: string): string {
  return words.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

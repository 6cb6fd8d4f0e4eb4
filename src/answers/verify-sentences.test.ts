import { describe, expect, it } from 'vitest';
import type { Citation } from './answer.ts';
import { verifySentences } from './verify-sentences.ts';

/** Each stands above the one before. */
function citation(quote: string, at: number): Citation {
  const base = { documentId: 'd', versionId: 'v', version: 1, title: 'Equipment', externalId: 'e.md', page: null };
  return {
    ...base,
    headingPath: [],
    effectiveFrom: '2026-01-01T00:00:00.000Z',
    effectiveTo: null,
    start: 1_000 - 100 * at,
    end: 1_000 - 100 * at + quote.length,
    quote,
  };
}

async function verdicts(text: string, quotes: string[]) {
  const sentences = await verifySentences([{ text, citations: quotes.map((_, i) => i) }], quotes.map(citation), {
    signal: AbortSignal.timeout(5_000),
  });
  return sentences.map(({ verdict, reason }) => [verdict, reason]);
}

describe('verifySentences', () => {
  it('knows a quote, and supports a row told with its column names', async () => {
    expect(await verdicts('The rate is EUR 58.', ['The rate is EUR 58.'])).toEqual([['quoted', null]]);
    expect(await verdicts('Grade: G1 to G4; Notice: 1 month', ['G1 to G4 | 1 month', 'Grade | Notice'])).toEqual([
      ['supported', null],
    ]);
  });

  it('finds a row carried whatever its cells look like, and no other cell', async () => {
    const cited = ['G4 to G5 | EUR 205 |  | EUR 126', 'Grade | Group A | Group B | Group C'];
    expect(await verdicts('Grade: G4 to G5; Group A: EUR 205; Group C: EUR 126', cited)).toEqual([['supported', null]]);
    const [[other] = []] = await verdicts('Grade: G4 to G5; Group A: EUR 126; Group C: EUR 205', cited);
    expect(other).not.toBe('supported');
  });

  it('says why a sentence is not carried', async () => {
    expect(await verdicts('The rate is EUR 71.', ['The rate is EUR 58.'])).toEqual([
      ['contradicted', 'the source says "EUR 58", the answer says "EUR 71"'],
    ]);
    expect(await verdicts('The rate is EUR 58. Parking is free.', ['The rate is EUR 58.'])).toMatchObject([
      ['partly', expect.any(String)],
    ]);
  });
});

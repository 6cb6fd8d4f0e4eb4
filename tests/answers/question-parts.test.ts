/** Several questions asked in one, with the reader of answers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSmallCollection, type SmallCollection } from './small-collection.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const DOCUMENTS = {
  'parking.md': bytes(`# Parking and shuttle bus

The bus runs every 20 minutes from 7.40 to 17.40. It is free with a lift pass; all others pay €2.50. Season pass holders park free in P3.`),
  'snow.md': bytes(`# Making snow

The water comes from the Tarn reservoir, which holds 38,000 cubic metres. We may take no more than 60 litres a second. Pumps are checked in October.`),
};

let resort: SmallCollection;

beforeAll(async () => {
  resort = await openSmallCollection(DOCUMENTS);
}, 120_000);

afterAll(() => resort.close());

const said = (text: string): Promise<string[] | null> => resort.said(text);

describe('several questions in one', () => {
  it('get the longer of two sentences where one is part of the other', async () => {
    expect(await said('How often does the shuttle bus run by day, and what does it cost without a lift pass?')).toEqual(
      ['The bus runs every 20 minutes from 7.40 to 17.40. It is free with a lift pass; all others pay €2.50.'],
    );
  });

  it('are each read like a question by itself, where the best sentence is doubted', async () => {
    expect(await said('How much water does the Tarn reservoir hold and how much may be taken per second?')).toEqual([
      'The water comes from the Tarn reservoir, which holds 38,000 cubic metres.',
      'We may take no more than 60 litres a second.',
    ]);
  });
});

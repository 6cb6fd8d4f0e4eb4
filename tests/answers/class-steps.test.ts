import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSmallCollection, type SmallCollection } from './small-collection.ts';

const DOCUMENTS = new URL('../../bench/answers/steps/documents/', import.meta.url);

let classes: SmallCollection;

beforeAll(async () => {
  const names = await readdir(DOCUMENTS);
  const read = names.map(async (name) => [name, await readFile(new URL(name, DOCUMENTS))] as const);
  classes = await openSmallCollection(Object.fromEntries(await Promise.all(read)));
}, 120_000);

afterAll(() => classes.close());

const said = (text: string): Promise<string[] | null> => classes.said(text);

describe('what holds for a class of things', () => {
  it('is found for a thing that another sentence puts into the class', async () => {
    expect(await said('How long can I keep a camera?')).toEqual([
      'Musical instruments, tools and cameras are in category 3.',
      'Category: 3; Loan: three days; Renewals: none; Late fee a day: EUR 3',
    ]);
  });

  it('is told together with what puts the thing into the class', async () => {
    expect(await said('Can I take my bicycle to Mosen?')).toEqual([
      'Area C includes the airport, Mosen and Steig.',
      'Bicycles are carried to area C only, in the trailer, from May to October.',
    ]);
  });

  it('is not told of another class', async () => {
    const told = await said('How soon is work begun when a printer is down?');
    expect(told).toEqual(['Fault: One printer is down; Priority: 3', 'Priority 3 is begun on the next working day.']);
  });

  it('is not made up where nothing holds for the class', async () => {
    expect(await said('How many cameras are there?')).toBeNull();
    expect(await said('Which carrier flies the parcels to Norway?')).toBeNull();
  });
});

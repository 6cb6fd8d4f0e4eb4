import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSmallCollection, type SmallCollection } from './small-collection.ts';

const DOCUMENTS = {
  'depots.md': `# Depots

Six depots take parcels. Pallets go only where there is a ramp.

| Depot | Weekdays | Saturday | Ramp |
|---|---|---|---|
| Saltmere | 07:15–18:00 | 09:00–12:30 | no |
| Fennick | 07:30–17:30 | closed | yes |
| Aldbury | 06:45–20:00 | 08:00–14:00 | yes |
`,
  'parcels.csv': `Parcel size,Maximum weight,Price inland
Envelope,1 kg,£4.10
Small,5 kg,£6.90
Returns parcel,20 kg,£5.90
Cycle box,30 kg,£34.00
`,
  'rules.txt': 'A parcel is kept at the depot for seven days. The longest stay in the yard is 45 minutes.\n',
};

let parcels: SmallCollection;

beforeAll(async () => {
  const encoder = new TextEncoder();
  const documents = Object.entries(DOCUMENTS).map(([name, text]) => [name, encoder.encode(text)] as const);
  parcels = await openSmallCollection(Object.fromEntries(documents));
}, 120_000);

afterAll(() => parcels.close());

describe('a question that only a whole table answers', () => {
  it.each([
    ['What is the cheapest parcel size?', 'Parcel size: Envelope; Maximum weight: 1 kg; Price inland: £4.10'],
    ['Which parcel size costs the most?', 'Parcel size: Cycle box; Maximum weight: 30 kg; Price inland: £34.00'],
    ['Which depot has no ramp?', 'Depot: Saltmere; Weekdays: 07:15–18:00; Saturday: 09:00–12:30; Ramp: no'],
    ['Which depot opens earliest?', 'Depot: Aldbury; Weekdays: 06:45–20:00; Saturday: 08:00–14:00; Ramp: yes'],
  ])('%s', async (question, row) => {
    expect(await parcels.said(question)).toEqual([row]);
  });

  it('is answered by prose where that says it', async () => {
    expect(await parcels.said('What is the longest stay in the yard?')).toEqual([
      'The longest stay in the yard is 45 minutes.',
    ]);
  });
});

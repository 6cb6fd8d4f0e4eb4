import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Turn, Turns } from './turns.ts';

const patient = new AbortController().signal;

/** Lets what was resolved go on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('lets so many go at once, the others in the order they came', async () => {
  const come: number[] = [];
  const turns = new Turns(2);
  const taken = [0, 1, 2, 3].map((i) => {
    const turn = turns.take(patient);
    void turn.come.then(() => come.push(i));
    return turn;
  });
  await settled();
  expect(come).toEqual([0, 1]);
  expect(taken.map((turn) => turn.ahead())).toEqual([0, 0, 0, 1]);
  taken[1]?.done();
  taken[1]?.done();
  await settled();
  expect(come).toEqual([0, 1, 2]);
});

it('loses no place, whoever leaves when', async () => {
  const step = fc.record({ what: fc.constantFrom('take', 'done', 'leave'), which: fc.nat(9) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), async (steps, limit) => {
      const turns = new Turns(limit);
      const open: { turn: Turn; leave: AbortController; come: boolean }[] = [];
      for (const { what, which } of steps) {
        if (what === 'take') {
          const leave = new AbortController();
          const entry = { turn: turns.take(leave.signal), leave, come: false };
          void entry.turn.come.then(() => (entry.come = true)).catch(() => undefined);
          open.push(entry);
        } else {
          const [entry] = open.splice(which % Math.max(1, open.length), 1);
          if (what === 'leave') entry?.leave.abort();
          entry?.turn.done();
        }
        await settled();
        expect(open.filter(({ come }) => come).length).toBe(Math.min(limit, open.length));
      }
    }),
    { numRuns: 200 },
  );
});

it('is over for who left before', async () => {
  const turns = new Turns(1);
  const first = turns.take(patient);
  await expect(turns.take(AbortSignal.abort(new Error('gone'))).come).rejects.toThrow('gone');
  first.done();
  await turns.take(patient).come;
});

import { expect, it } from 'vitest';
import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from './candidate-sentences.ts';
import { rowTraits } from './row-traits.ts';

const table = 'Grade | Monthly pay | Night bonus\nTrainee | EUR 1,380 | none\nDriver | EUR 3,240 | EUR 3';
const [trainee, driver] = candidateSentences([buildPassage({ source: table })]);
const weights = new Map([
  ['driver', 2],
  ['pay', 1],
]);

it('knows the row that the question names and the cell that tells it', () => {
  if (trainee === undefined || driver === undefined) throw new Error('The table has two rows.');
  expect(rowTraits(driver, weights, 'amount')).toEqual({ key: 0.5, attribute: 0.5 });
  expect(rowTraits(trainee, weights, 'amount').key).toBe(-0.5);
  const vacation = new Map([
    ['driver', 2],
    ['elev', 1],
  ]);
  expect(rowTraits(driver, vacation, null).attribute).toBeLessThan(0);
});

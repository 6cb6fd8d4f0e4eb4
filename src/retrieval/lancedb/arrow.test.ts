import { makeArrowTable } from '@lancedb/lancedb';
import { expect, it } from 'vitest';
import { arrow } from './arrow.ts';

it("is LanceDB's own copy", () => {
  expect(makeArrowTable([{ figure: 1 }])).toBeInstanceOf(arrow.Table);
});

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases, type TestDatabase } from '../testing.ts';
import { binaryArray } from './binary-array.ts';
import { decodeArray, encodeParameter, jsonbOf } from './codec.ts';

const words = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));

it('reads back the arrays it writes', () => {
  fc.assert(
    fc.property(fc.array(fc.option(words)), (values) => {
      expect(decodeArray(String(encodeParameter(values)), (text) => text)).toEqual(values);
    }),
  );
});

describeDatabases('values', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.drop());
  const ask = async (sql: string, parameters: unknown[]) =>
    (await test.database.withSystem('test', (tx) => tx.query(sql, parameters)))[0];

  it('come back as they went', async () => {
    const value = fc.record({
      texts: fc.array(fc.option(words)),
      bytes: fc.uint8Array(),
      moment: fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }),
      json: fc.jsonValue().map((json) => JSON.parse(JSON.stringify(json).replaceAll('\\u0000', ''))),
      whole: fc.integer(),
      id: fc.uuid(),
    });
    await fc.assert(
      fc.asyncProperty(value, async ({ texts, bytes, moment, json, whole, id }) => {
        const back = await ask(
          `select $1::text[] as texts, $2::bytea as bytes, $3::timestamptz as moment, $4::jsonb as json,
             $7::jsonb as "jsonBytes", $5::bigint as whole, array[$6::uuid] as ids, array[$2::bytea] as "bytesArray"`,
          [texts, bytes, moment, JSON.stringify(json), whole, id, jsonbOf(json)],
        );
        expect(back).toEqual({ texts, bytes, moment, json, jsonBytes: json, whole, ids: [id], bytesArray: [bytes] });
      }),
      { numRuns: 50 },
    );
  });

  it('in binary arrays come back as they went', async () => {
    const list = fc.option;
    const value = fc.record({
      ids: fc.array(list(fc.uuid())),
      texts: fc.array(list(words)),
      small: fc.array(list(fc.integer())),
      large: fc.array(list(fc.maxSafeInteger())),
      moments: fc.array(list(fc.integer({ min: 0, max: Date.parse('9999-01-01') }))),
      bytes: fc.array(list(fc.uint8Array())),
      lists: fc.array(list(fc.array(words))),
    });
    await fc.assert(
      fc.asyncProperty(value, async ({ ids, texts, small, large, moments, bytes, lists }) => {
        const back = await ask(
          `select $1::uuid[] as ids, $2::text[] as texts, $3::int[] as small, $4::bigint[] as large, $5::timestamptz[] as moments,
             $6::bytea[] as bytes, array(select l::text[] is not distinct from (g->>0)::text[]
               from unnest($7::text[], array(select jsonb_array_elements($8::jsonb))) as x(l, g)) as lists`,
          [
            binaryArray('uuid', ids),
            binaryArray('text', texts),
            binaryArray('int4', small),
            binaryArray('int8', large),
            binaryArray('timestamptz', moments),
            binaryArray(
              'bytea',
              bytes.map((each) => (each === null ? null : Buffer.from(each).toString('hex'))),
            ),
            binaryArray('arrays', lists),
            JSON.stringify(lists.map((each) => [each === null ? null : encodeParameter(each)])),
          ],
        );
        const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
        const same = lists.map(() => true);
        expect(back).toEqual({ ids, texts, small, large, moments: moments.map(at), bytes, lists: same });
      }),
      { numRuns: 50 },
    );
  });

  it('keep what a number cannot hold', async () => {
    expect(await ask('select 9007199254740993::bigint as big, 1.50::numeric as exact, true as yes', [])).toEqual({
      big: 9007199254740993n,
      exact: '1.50',
      yes: true,
    });
  });
});

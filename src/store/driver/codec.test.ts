import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases, type TestDatabase } from '../testing.ts';
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

  it('keep what a number cannot hold', async () => {
    expect(await ask('select 9007199254740993::bigint as big, 1.50::numeric as exact, true as yes', [])).toEqual({
      big: 9007199254740993n,
      exact: '1.50',
      yes: true,
    });
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPartialJson } from './partial-json.ts';
import { readJson } from './read-json.ts';

test.each([
  ['{"a":1}', { a: 1 }],
  ['Here you are:\n```json\n{"a": [1, 2]}\n```\nAnything else?', { a: [1, 2] }],
  ['Sure: {"a": "x"} — done.', { a: 'x' }],
])('reads %s', (text, value) => expect(readJson(text)).toEqual({ value }));

test('says when there is none', () => {
  expect(readJson('I would rather not.')).toEqual({ problem: 'The reply is not JSON.' });
  expect(readJson(' ')).toEqual({ problem: 'The reply is empty.' });
});

const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });

test('every beginning of a JSON text reads as a beginning of its value', () => {
  fc.assert(
    fc.property(object, fc.nat(), fc.constantFrom(0, 2), (value, at, indent) => {
      const text = JSON.stringify(value, null, indent);
      const partial = readPartialJson(text.slice(0, 1 + (at % text.length)));
      expect(isBeginning(partial, JSON.parse(text))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('a whole text reads as its value', () => {
  fc.assert(
    fc.property(object, (value) => {
      const text = JSON.stringify(value);
      expect(readPartialJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('what is no JSON reads as nothing', () => {
  fc.assert(fc.property(fc.string(), (text) => void readPartialJson(text)));
  expect(readPartialJson('no')).toBeUndefined();
  expect(readPartialJson('{a: 1, }')).toBeUndefined();
});

test('what was left out comes with the next piece', () => {
  const seen = ['{"na', '{"name": "Gr', '{"name": "Grace", "age": 4', '{"name": "Grace", "age": 45}'].map((text) =>
    readPartialJson(text),
  );
  expect(seen).toEqual([{}, { name: 'Gr' }, { name: 'Grace' }, { name: 'Grace', age: 45 }]);
});

/** Whether a value may become another by adding to it. */
function isBeginning(partial: unknown, whole: unknown): boolean {
  if (typeof partial === 'string' && typeof whole === 'string') return whole.startsWith(partial);
  if (Array.isArray(partial) && Array.isArray(whole)) {
    return partial.length <= whole.length && partial.every((one, index) => isBeginning(one, whole[index]));
  }
  if (typeof partial === 'object' && partial !== null && typeof whole === 'object' && whole !== null) {
    return Object.entries(partial).every(
      ([key, one]) => Object.hasOwn(whole, key) && isBeginning(one, (whole as Record<string, unknown>)[key]),
    );
  }
  return Object.is(partial, whole);
}

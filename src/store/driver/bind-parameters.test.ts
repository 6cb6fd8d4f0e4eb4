import { protocol } from '@electric-sql/pglite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindHead, bindParameters } from './bind-parameters.ts';
import { JoinedBytes } from './joined-bytes.ts';

const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array(), fc.constant(null));

test('binds as the library does', () => {
  const joined = new JoinedBytes();
  fc.assert(
    fc.property(fc.array(value), fc.constantFrom('', 'kept7'), (values, statement) => {
      const parameters = bindParameters(values);
      const bytes = joined.join([bindHead(statement, parameters), parameters]);
      expect(Buffer.from(bytes)).toEqual(Buffer.from(protocol.serialize.bind({ statement, values })));
    }),
  );
});

test('joins what is longer than its memory', () => {
  const joined = new JoinedBytes();
  for (const length of [3, 300_000, 9_000_000, 5]) {
    const parts = [new Uint8Array(length).fill(1), Uint8Array.of(2)];
    const bytes = joined.join(parts);
    expect(bytes.length).toBe(length + 1);
    expect([bytes[0], bytes[length - 1], bytes[length]]).toEqual([1, 1, 2]);
  }
});

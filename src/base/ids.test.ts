import { describe, expect, it } from 'vitest';
import { chunkIdOf, isId, newId } from './ids.ts';

describe('the id of a chunk', () => {
  it('is the UUIDv5 of version, chunker and place, as it always was', () => {
    const version = '01a200fa-911a-770c-8c98-e5e636ddd54a';
    for (const [chunker, ordinal, expected] of [
      ['structural@1', 0, '22335796-45e9-5c6a-ba37-0ed7c8d3923a'],
      ['sätze@2', 12_345, '4efc4f85-89a7-5245-8769-1a981a11ed33'],
    ] as const) {
      expect(chunkIdOf(version, chunker, ordinal)).toBe(expected);
      expect(isId(expected)).toBe(true);
    }
    expect(chunkIdOf(version, 'structural@1', 1)).not.toBe(chunkIdOf(newId(), 'structural@1', 1));
  });
});

describe('a new id', () => {
  it('comes after all before it, and is no other', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.every((id) => isId(id) && id[14] === '7' && '89ab'.includes(id[19] ?? ''))).toBe(true);
    const at = Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16);
    expect(Math.abs(Date.now() - at)).toBeLessThan(60_000);
  });
});

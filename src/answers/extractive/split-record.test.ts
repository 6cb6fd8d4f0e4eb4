import { describe, expect, it } from 'vitest';
import { splitRecord } from './split-record.ts';

function parts(text: string) {
  const record = splitRecord(text);
  return record === null
    ? null
    : { about: record.about, parts: record.parts.map((each) => text.slice(each.start, each.end)) };
}

describe('splitRecord', () => {
  it('leaves a record without repeated names whole', () => {
    const text = 'City: Porto; Rate: EUR 54; Note: lunch is free; it is deducted';
    expect(parts(text)).toEqual({ about: '', parts: [text] });
  });

  it('takes a list inside a record apart and keeps what holds for all', () => {
    expect(
      parts('name: Inn; room name: A; room seats: 4; room name: B; room seats: 6; bar name: C; bar name: D'),
    ).toEqual({
      about: 'name: Inn',
      parts: ['room name: A; room seats: 4', 'room name: B; room seats: 6', 'bar name: C', 'bar name: D'],
    });
  });

  it('takes repeated groups apart that have nothing in common', () => {
    expect(parts('below: 99 percent; credit: 25; below: 97 percent; credit: 60')).toEqual({
      about: '',
      parts: ['below: 99 percent; credit: 25', 'below: 97 percent; credit: 60'],
    });
  });

  it.each(['A sentence: with a colon.', 'Just words; and more words.', ''])('is no record: %s', (text) => {
    expect(parts(text)).toBeNull();
  });
});

import { afterEach, expect, test, vi } from 'vitest';
import { context, failureOf, TestDoors } from './door-for-tests.ts';

const doors = new TestDoors();

afterEach(() => doors.close());

const VALUE = 'jane.roe@example.org';
const text = `Write to ${VALUE}, please.`;
const request = {
  task: 'answer',
  feature: 'test',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: text },
  ],
} as const;

test('places of personal data are kept with the call of its first model, values nowhere', async () => {
  const printed = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  const bad = await doors.provider({ fault: () => ({ kind: 'status', status: 400 }) });
  const good = await doors.provider();
  const { door, records } = doors.open({ bad: { at: bad }, good: { at: good } }, { personalData: 'redact' });
  await door.generate(context, request);
  expect(records).toHaveLength(2);
  const [first, second] = records;
  expect(first?.screened).toMatchObject([{ message: 1, type: 'email', action: 'redact' }]);
  const [{ start, end } = { start: 0, end: 0 }] = first?.screened ?? [];
  expect(text.slice(start, end)).toBe(VALUE);
  expect(second?.screened).toBeUndefined();
  const everything = JSON.stringify(records, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  expect(everything).not.toContain('jane');
  const output = JSON.stringify(printed.flatMap(({ mock }) => mock.calls));
  for (const spy of printed) spy.mockRestore();
  expect(output).not.toContain('jane');
  expect(JSON.stringify([...bad.log, ...good.log].map(({ call }) => call.rawBody))).not.toContain('jane');
});

test('a call that is refused for its content names kinds, never values', async () => {
  const at = await doors.provider();
  const { door } = doors.open({ one: { at } }, { personalData: 'block' });
  const failure = (await failureOf(door.generate(context, request))) as Error & { details: object };
  expect(failure).toMatchObject({ code: 'privacy.blocked', details: { counts: { email: 1 } } });
  expect(`${failure.message} ${failure.stack} ${JSON.stringify(failure.details)}`).not.toContain('jane');
  expect(at.log).toEqual([]);
});

test('at most 200 places are kept', async () => {
  const at = await doors.provider();
  const { door, records } = doors.open({ one: { at } }, { personalData: 'redact' });
  const content = Array.from({ length: 300 }, (_, index) => `user${index}@example.org`).join(' ');
  await door.generate(context, { ...request, messages: [{ role: 'user', content }] });
  expect(records[0]?.screened).toHaveLength(200);
});

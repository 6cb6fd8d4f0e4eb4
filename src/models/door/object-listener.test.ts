import { expect, test } from 'vitest';
import { Pseudonyms } from '../../guard/index.ts';
import { ObjectListener } from './object-listener.ts';

const pseudonyms = new Pseudonyms();
pseudonyms.of('email', 'jane.roe@example.org');
pseudonyms.of('street-address', '1 "High" Street');

/** What is shown when the text has come so far. */
function shown(text: string, of: Pseudonyms): unknown {
  let last: unknown;
  new ObjectListener((partial) => (last = partial), { wrapped: false, pseudonyms: of }).hear(text);
  return last;
}

test.each(['<', String.raw`\u003c`, String.raw`\u003C`])(
  'no half of a pseudonym is shown, wherever the text is cut: %s',
  (open) => {
    const text = `{"to": ["If a <b, ${open}EMAIL_1> or ${open}street_ADDRESS_1>!", "a <"], "and": "<EMAIL_1>"}`;
    const [first, second, third] = ['If a <b, jane.roe@example.org or 1 "High" Street!', 'a <', 'jane.roe@example.org'];
    let longest = 0;
    for (let length = 1; length <= text.length; length++) {
      const { to = [], and = '' } = (shown(text.slice(0, length), pseudonyms) ?? {}) as { to?: string[]; and?: string };
      expect(first.startsWith(to[0] ?? ''), text.slice(0, length)).toBe(true);
      expect(second.startsWith(to[1] ?? '')).toBe(true);
      expect(['', third]).toContain(and);
      longest = Math.max(longest, to[0]?.length ?? 0);
    }
    expect(longest).toBe(first.length);
    expect(shown(text, pseudonyms)).toEqual({ to: [first, second], and: third });
  },
);

test('nothing is held back where there are no pseudonyms', () => {
  expect(shown('{"to": "a <EM', new Pseudonyms())).toEqual({ to: 'a <EM' });
});

import { expect, it } from 'vitest';
import { looksLikeHeading } from './looks-like-heading.ts';

const TEXT = `# Travel

Before you book

Every trip needs approval.

2.1 Rates for 2024

One night away costs more.

- One night away

- Two nights away

Owner: Head of Travel

Ask first.

Full board EUR 52

It is paid.

Bring a passport

Bring a visa

Both are checked.
`;

const place = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });

it.each(['Before you book', '2.1 Rates for 2024'])('takes %j for a heading', (words) => {
  expect(looksLikeHeading(TEXT, place(words))).toBe(true);
});

it.each([
  'Every trip needs approval.',
  '- One night away',
  '- Two nights away',
  'Owner: Head of Travel',
  'Full board EUR 52',
  'Bring a passport',
  'Bring a visa',
])('takes %j for a statement', (words) => {
  expect(looksLikeHeading(TEXT, place(words))).toBe(false);
});

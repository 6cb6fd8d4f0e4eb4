import { expect, test } from 'vitest';
import { parseMarkdown } from '../../src/ingest/parse/markdown.ts';
import { markdownOf } from './serve-set.ts';

test('a document’s words come back as they were, whatever signs they hold', () => {
  const text = 'A *starred* [link](x) <b>, 1 < 2 & #hash `code` a_b_c | d ~~e~~ \\ f ! g';
  const parsed = parseMarkdown(markdownOf({ id: '1', title: 'Title: "quoted" # sign', text }));
  expect(parsed.text).toContain(text);
  expect(parsed.title).toContain('quoted');
});

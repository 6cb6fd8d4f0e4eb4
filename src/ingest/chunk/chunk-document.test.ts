import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenCounter } from '../../models/index.ts';
import { DocumentBuilder } from '../parse/document-builder.ts';
import { PARSERS } from '../parse/parser-revisions.ts';
import { type BlockKind, type ChunkOptions, isOutsidePage, type ParsedDocument } from '../parse/parsed-document.ts';
import { chunkDocument } from './chunk-document.ts';
import { ChunkingInvalid, ChunkingTooLarge, checkChunking, DEFAULT_CHUNKING } from './chunk-options.ts';

/** Every four letters of a word are a token. */
const counter: TokenCounter = {
  count: (text) => (text.match(/\S+/g) ?? []).reduce((sum, word) => sum + Math.ceil(word.length / 4), 0),
};
const small: ChunkOptions = {
  strategy: 'structural',
  bodyTokens: 24,
  overlapTokens: 6,
  headerTokens: 8,
  parentTokens: 60,
};

function chunk(document: ParsedDocument, options: ChunkOptions = small) {
  return chunkDocument(document, { options, counter, fallbackTitle: 'file' }).chunks;
}

function build(write: (builder: DocumentBuilder) => void): ParsedDocument {
  const builder = new DocumentBuilder();
  write(builder);
  return builder.finish({ mediaType: 'text/plain', parser: PARSERS.text });
}

const word = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-zA-Z]{1,9}[.,]?$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('e.g.', '3.5', 'U.S.', '…', '😀', '漢字。', '1.', '-', 'x'.repeat(400), '\n'),
  },
);
const prose = fc.array(word, { minLength: 0, maxLength: 70 }).map((words) => words.join(' '));
const piece = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ level: fc.integer({ min: 1, max: 4 }), text: prose.map((text) => text.slice(0, 60)) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom<BlockKind>('paragraph', 'list-item', 'table-row', 'record', 'code', 'quote'),
      text: prose,
      page: fc.option(fc.integer({ min: 1, max: 5 })),
      outside: fc.constantFrom(false, false, false, true),
    }),
  },
);
const documents = fc.array(piece, { maxLength: 30 }).map((pieces) =>
  build((builder) => {
    let page = 1;
    for (const entry of pieces) {
      if ('level' in entry) builder.heading(entry.level, entry.text);
      else {
        page = Math.max(page, entry.page ?? page);
        builder.page = page;
        if (entry.outside && entry.kind !== 'heading') builder.addOutsidePage(entry.kind, entry.text);
        else builder.add(entry.kind, entry.text);
      }
    }
  }),
);
const presets = fc.record({
  strategy: fc.constantFrom('structural' as const, 'fixed' as const, 'sentence' as const),
  bodyTokens: fc.integer({ min: 8, max: 60 }),
  overlapTokens: fc.integer({ min: 0, max: 4 }),
  headerTokens: fc.integer({ min: 0, max: 20 }),
  parentTokens: fc.integer({ min: 60, max: 200 }),
});

describe('chunks of any document', () => {
  it('cover every word of every block, in order, within the limits', () => {
    fc.assert(
      fc.property(documents, presets, (document, options) => {
        const chunks = chunk(document, options);
        const covered = new Uint8Array(document.text.length);
        chunks.forEach((one, index) => {
          expect(one.ordinal).toBe(index);
          expect(one.start).toBeLessThan(one.end);
          covered.fill(1, one.start, one.end);
          const body = document.text.slice(one.start, one.end);
          expect(counter.count(body)).toBeLessThanOrEqual(options.bodyTokens);
          expect(counter.count(one.header)).toBeLessThanOrEqual(options.headerTokens);
          expect(one.header).not.toMatch(/\n/);
          expect(body).toBe(body.trim());
          expect(body.isWellFormed()).toBe(true);
          expect(one.parentStart).toBeLessThanOrEqual(one.start);
          expect(one.parentEnd).toBeGreaterThanOrEqual(one.end);
          expect(counter.count(document.text.slice(one.parentStart, one.parentEnd))).toBeLessThanOrEqual(
            options.parentTokens,
          );
          expect(one.page).toBe(document.blocks.find((block) => block.end > one.start)?.page);
        });
        for (const { start, end } of document.blocks) {
          for (let at = start; at < end; at += 1) {
            if (!/\s/.test(document.text[at] ?? '')) expect(covered[at]).toBe(1);
          }
        }
        expect(chunk(document, options)).toEqual(chunks);
      }),
      { numRuns: 200 },
    );
  });

  it('never mix what a page shows with what it does not, nor do their sections', () => {
    fc.assert(
      fc.property(documents, presets, (document, options) => {
        for (const one of chunk(document, options)) {
          const around = document.blocks.filter(({ start, end }) => start < one.parentEnd && end > one.parentStart);
          const unseen = new Set(around.map((block) => isOutsidePage(block.headingPath)));
          expect([...unseen]).toEqual([isOutsidePage(one.headingPath)]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('count their tokens as the model does', () => {
    fc.assert(
      fc.property(documents, (document) => {
        for (const one of chunk(document)) {
          const body = counter.count(document.text.slice(one.start, one.end));
          // Pieces of a word that had to be cut may round up.
          expect(one.tokenCount).toBeGreaterThanOrEqual(body + counter.count(one.header));
          expect(one.tokenCount).toBeLessThanOrEqual(small.bodyTokens + small.headerTokens);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the structural chunker', () => {
  const sentence = 'Alpha beta gamma delta.';

  it('keeps a heading with what it heads', () => {
    const document = build((builder) => {
      builder.heading(1, 'One');
      builder.add('paragraph', `${sentence} ${sentence}`);
      builder.heading(2, 'Two');
      builder.add('paragraph', `${sentence} ${sentence}`);
    });
    const bodies = chunk(document).map((one) => document.text.slice(one.start, one.end));
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toMatch(/^Two\n/);
  });

  it('joins tiny sections of one chapter and keeps chapters apart', () => {
    const document = build((builder) => {
      for (const chapter of ['One', 'Two']) {
        builder.heading(1, chapter);
        for (const section of ['a', 'b']) {
          builder.heading(2, section);
          builder.add('paragraph', 'Few.');
        }
      }
    });
    expect(chunk(document).map((one) => [document.text.slice(one.start, one.end), one.headingPath])).toEqual([
      ['One\n\na\n\nFew.\n\nb\n\nFew.', ['One']],
      ['Two\n\na\n\nFew.\n\nb\n\nFew.', ['Two']],
    ]);
  });

  it('repeats the last sentence where a section is cut, and no table row', () => {
    const paragraph = build((builder) => builder.add('paragraph', 'One two three four. '.repeat(12)));
    const [first, second] = chunk(paragraph);
    expect(second?.start).toBeLessThan(first?.end ?? 0);
    const rows = build((builder) => {
      for (let row = 0; row < 20; row += 1) builder.add('table-row', `name ${row} | value | other`);
    });
    chunk(rows).reduce((before, one) => {
      expect(one.start).toBeGreaterThan(before);
      expect(rows.text.slice(one.start, one.end)).toMatch(/^name/);
      return one.end - 1;
    }, -1);
  });

  it('puts title and headings into the header and drops the middle ones first', () => {
    const document = build((builder) => {
      builder.heading(1, 'Handbook');
      builder.heading(2, 'a very long part of the handbook in the middle');
      builder.heading(3, 'Leave');
      builder.add('paragraph', sentence);
    });
    const options = { ...small, headerTokens: 5 };
    expect(chunk(document, options)[0]?.header).toBe('Handbook › Leave');
    expect(chunk(document, { ...small, headerTokens: 48 })[0]?.header).toContain('middle');
    expect(chunk(build((builder) => builder.add('paragraph', sentence)))[0]?.header).toBe('file');
  });

  it('cuts a word without end', () => {
    const document = build((builder) => builder.add('paragraph', 'x'.repeat(100_000)));
    const chunks = chunkDocument(document, { options: small, counter: { count: () => 1 }, fallbackTitle: '' }).chunks;
    expect(chunks.length).toBeGreaterThan(200);
  });
});

describe('a chunking preset', () => {
  it('larger than the embedder’s window is refused', () => {
    expect(() => checkChunking(DEFAULT_CHUNKING, 249)).toThrow(ChunkingTooLarge);
    expect(() => checkChunking(DEFAULT_CHUNKING, 250)).not.toThrow();
  });

  it('that contradicts itself is refused', () => {
    expect(() => checkChunking({ ...small, overlapTokens: 20 })).toThrow(ChunkingInvalid);
    expect(() => checkChunking({ ...small, parentTokens: 10 })).toThrow(/parentTokens is 10/);
    expect(() => checkChunking({ ...small, bodyTokens: 20.5 })).toThrow(ChunkingInvalid);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AnswerSentence } from '../answer.ts';
import { isStatement, leafVerdict, tells } from './leaf-verdict.ts';
import { leavesOf, type Path, pointerOf, writtenJson } from './leaves.ts';
import { prune } from './prune.ts';
import { isChoice, readSchema } from './read-schema.ts';

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

function sentence(
  verdict: AnswerSentence['verdict'],
  text = 'A full-time employee has 27 days of leave.',
): AnswerSentence {
  return { text, citations: [0], verdict, score: 0.9, reason: null };
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, step) => (part as Record<string | number, unknown>)[step], value);
}

describe('leaves', () => {
  it('are where their paths say, and where they stand in the JSON', () => {
    fc.assert(
      fc.property(json, (value) => {
        const { text, places } = writtenJson(value);
        expect(JSON.parse(text)).toEqual(value);
        for (const { path, value: leaf } of leavesOf(value)) {
          expect(at(value, path)).toBe(leaf);
          const place = places.get(pointerOf(path));
          expect(JSON.parse(text.slice(place?.start, place?.end))).toBe(leaf);
        }
      }),
    );
  });

  it('are named as RFC 6901 says', () => {
    expect(pointerOf(['a/b', 0, 'm~n', ''])).toBe('/a~1b/0/m~0n/');
    expect(pointerOf([])).toBe('');
  });
});

describe('prune', () => {
  it('takes out every leaf that failed and no other that could stay', () => {
    const tree = fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'), // zod passes it over
      fc.array(fc.record({ n: fc.integer(), s: fc.string({ minLength: 1 }) })),
    );
    const shape = z.record(z.string(), z.array(z.object({ n: z.number(), s: z.string().optional() })));
    fc.assert(
      fc.property(tree, fc.func(fc.boolean()), (given, fails) => {
        const value = JSON.parse(JSON.stringify(given)) as unknown;
        const leaves = leavesOf(value).map((leaf) => ({ leaf, sentence: sentence('supported') }));
        const failed = new Set(leaves.filter(({ leaf }) => fails(pointerOf(leaf.path))));
        const kept = prune({ value, leaves }, (each) => failed.has(each), shape);
        const left = kept?.leaves ?? [];
        if (kept !== null) expect(shape.safeParse(kept.value).success).toBe(true);
        expect(left.map(({ leaf }) => leaf)).toEqual(kept === null ? [] : leavesOf(kept.value));
        const last = (path: Path): unknown => path.at(-1);
        const staying = leaves.filter((each) => {
          if (failed.has(each)) return false;
          const number = leaves.find(
            ({ leaf }) =>
              last(leaf.path) === 'n' && pointerOf(leaf.path.slice(0, -1)) === pointerOf(each.leaf.path.slice(0, -1)),
          );
          return number === undefined || !failed.has(number); // `n` is required: its record goes with it
        });
        expect(left.map(({ leaf }) => leaf.value)).toEqual(staying.map(({ leaf }) => leaf.value));
      }),
    );
  });

  it('leaves out, makes null, or takes what it belongs to, whichever fits', () => {
    const schema = z.strictObject({ a: z.string().optional(), b: z.string().nullable(), c: z.array(z.string()) });
    const value = { a: 'x', b: 'x', c: ['x', 'y'] };
    const leaves = leavesOf(value).map((leaf) => ({ leaf, sentence: sentence('supported') }));
    expect(prune({ value, leaves }, ({ leaf }) => leaf.value === 'x', schema)?.value).toEqual({ b: null, c: ['y'] });
    expect(prune({ value, leaves }, () => true, schema)).toBeNull();
    const rigid = z.strictObject({ a: z.string(), b: z.string(), c: z.array(z.string()) });
    expect(prune({ value, leaves }, ({ leaf }) => leaf.value === 'x', rigid)).toBeNull();
  });
});

describe('the verdict on a leaf', () => {
  const place = { pointer: '/days', chosen: false };
  const leaf = (value: string | number | boolean) => ({ path: ['days'], value });

  it.each<[string, string | number, boolean]>([
    ['A full-time employee has 27 days of leave.', 27, true],
    ['A full-time employee has 27 days of leave.', 2, false],
    ['A full-time employee has twenty-seven days.', 27, true],
    ['The fee is EUR 1,200.50 a year.', 1200.5, true],
    ['The fee is EUR 1,200.50 a year.', 1200, false],
    ['Ask Jana Novak first.', 'Jana Novak', true],
    ['Ask Jana Novak first.', 'jana  novak!', true],
    ['Ask Jana Novakova first.', 'Jana Novak', false],
    ['It began on 1 March 2024.', '2024-03-01', true],
    ['It began on 1 March 2024.', '2024-03-02', false],
    ['It began on 1 March 2024.', '…', false],
  ])('%s tells %s: %s', (words, value, told) => {
    expect(tells(words, leaf(value))).toBe(told);
  });

  it('is that of the words named for it, when they say it', () => {
    expect(leafVerdict(leaf(27), sentence('supported'), place)).toMatchObject({ verdict: 'supported' });
    expect(leafVerdict(leaf(27), sentence('contradicted'), place)).toMatchObject({ verdict: 'contradicted' });
    expect(leafVerdict(leaf(28), sentence('supported'), place)).toMatchObject({ verdict: 'unverified', score: 0 });
    expect(leafVerdict(leaf(27), null, place)).toMatchObject({ verdict: 'unverified', citations: [] });
    expect(leafVerdict(leaf(27), sentence('not-a-claim'), place)).toMatchObject({ verdict: 'unverified' });
  });

  it('is at most partly where a value was chosen that the words do not hold', () => {
    const chosen = { ...place, chosen: true };
    expect(leafVerdict(leaf(true), sentence('supported'), chosen)).toMatchObject({ verdict: 'partly' });
    expect(leafVerdict(leaf('generous'), sentence('quoted'), chosen)).toMatchObject({ verdict: 'partly' });
    expect(leafVerdict(leaf(true), sentence('unverified'), chosen)).toMatchObject({ verdict: 'unverified' });
  });

  it('is of a text that says something by itself', () => {
    expect(isStatement(leaf('Leave is 27 days a year.'))).toBe(true);
    expect(isStatement(leaf('Jana Novak'))).toBe(false);
  });
});

describe('a schema', () => {
  const refused = (schema: Record<string, unknown>): unknown => {
    try {
      return readSchema(schema) && null;
    } catch (error) {
      return error;
    }
  };

  it('is refused where it says what is not understood, refers to itself, or is too large', () => {
    const self = { $defs: { a: { type: 'object', properties: { a: { $ref: '#/$defs/a' } } } }, $ref: '#/$defs/a' };
    const six = (name: string) => ({
      type: 'object',
      properties: Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((each) => [each, { $ref: `#/$defs/${name}` }])),
    });
    const bomb = { $defs: { a: six('b'), b: six('c'), c: six('d'), d: { type: 'string' } }, ...six('a') };
    const cases: [Record<string, unknown>, string][] = [
      [{ type: 'string', pattern: '(a+)+$' }, 'pattern'],
      [{ type: 'object', properties: { a: { allOf: [] } } }, '/a says "allOf"'],
      [{ type: 'object', properties: { a: 7 } }, '/a is no object'],
      [{ $ref: 'https://example.org/schema' }, 'refers to'],
      [{ $ref: '#/$defs/nowhere' }, 'refers to'],
      [self, 'refers to itself'],
      [bomb, 'more than 500 parts'],
      [{ type: 'string', description: 'x'.repeat(40_000) }, 'too long'],
      [{ type: 'strnig' }, 'not understood'],
    ];
    for (const [schema, words] of cases)
      expect(refused(schema)).toMatchObject({ code: 'format.schema-refused', message: expect.stringContaining(words) });
  });

  it('tells where a value is chosen from a list', () => {
    const schema = {
      $defs: { size: { enum: ['small', 'large'] } },
      type: 'object',
      properties: {
        sizes: { type: 'array', items: { anyOf: [{ $ref: '#/$defs/size' }, { type: 'null' }] } },
        free: { type: 'boolean' },
        name: { type: 'string' },
      },
    };
    expect(isChoice(schema, ['sizes', 0])).toBe(true);
    expect(isChoice(schema, ['free'])).toBe(true);
    expect(isChoice(schema, ['name'])).toBe(false);
    expect(readSchema(schema).safeParse({ sizes: ['huge'] }).success).toBe(false);
  });
});

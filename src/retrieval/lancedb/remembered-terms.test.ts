import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MatchQuery } from '@lancedb/lancedb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textRows } from './columns.ts';
import { loadLanceDb } from './lancedb.ts';
import { indexTerms } from './maintenance.ts';
import { MemoryBudget } from './memory-budget.ts';
import { RememberedTerms } from './remembered-terms.ts';
import { RowCache } from './row-cache.ts';

const word = fc.constantFrom('law', 'laws', 'Recht', 'क़ानून', '法律', 's.43', 'a', 'ab', 'b', 'ä');
const row = fc.array(word, { maxLength: 12 });

function add(remembered: RememberedTerms, address: number, words: readonly string[]): void {
  const text = Buffer.from(`before ${words.join(' ')} after`);
  remembered.add(address, text, { start: 7, end: text.length - 6 });
}

/** As Robertson and Zaragoza (2009) have it, over all rows ever added. */
function bm25(rows: readonly (readonly string[])[], at: number, terms: ReadonlySet<string>): number {
  const mean = rows.reduce((sum, words) => sum + words.length, 0) / rows.length;
  const words = rows[at] ?? [];
  return [...terms].reduce((score, term) => {
    const frequency = rows.filter((each) => each.includes(term)).length;
    const count = words.filter((each) => each === term).length;
    const norm = 1.2 * (0.25 + (0.75 * words.length) / mean);
    if (count === 0) return score;
    return score + (Math.log(1 + (rows.length - frequency + 0.5) / (frequency + 0.5)) * 2.2 * count) / (count + norm);
  }, 0);
}

describe('RememberedTerms', () => {
  it('ranks rows by BM25, those that are gone counting as there but not found', () => {
    const rows = fc.array(row, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.array(word, { maxLength: 5 }), fc.integer({ min: 1, max: 9 }), (all, terms, limit) => {
        const remembered = new RememberedTerms();
        for (const [n, words] of all.entries()) add(remembered, n * 7, words);
        const isGone = (n: number): boolean => n % 5 === 3;
        for (const n of all.keys()) if (isGone(n)) remembered.forget(n * 7);
        const expected = [...all.keys()]
          .filter((n) => !isGone(n))
          .map((n) => bm25(all, n, new Set(terms)))
          .filter((score) => score > 0)
          .sort((a, b) => b - a)
          .slice(0, limit);
        for (let again = 0; again < 2; again += 1) {
          const found = remembered.search(terms, limit);
          expect(found.scores).toHaveLength(expected.length);
          for (const [n, score] of Array.from(found.scores).entries()) {
            expect(score).toBeCloseTo(expected[n] ?? -1, 4);
            expect(bm25(all, (found.addresses[n] ?? -7) / 7, new Set(terms))).toBeCloseTo(score, 4);
          }
        }
      }),
    );
  });

  it('knows many terms, counts what it holds, and forgets', () => {
    const remembered = new RememberedTerms();
    expect(remembered.bytes).toBe(0);
    for (let n = 0; n < 9_000; n += 1) add(remembered, n, [`term-${n}`, 'all', 'all']);
    expect(remembered.size).toBe(9_000);
    expect(remembered.search(['term-8765', 'none'], 3).addresses).toEqual([8_765]);
    expect(remembered.search(['all'], 20).addresses).toHaveLength(20);
    expect(remembered.bytes).toBeGreaterThan(9_000 * 100);
    remembered.clear();
    expect(remembered.bytes).toBe(0);
    expect(remembered.search(['all'], 20).addresses).toEqual([]);
    add(remembered, 5, ['all']);
    expect(remembered.search(['all'], 20).addresses).toEqual([5]);
  });

  it('scores as the text index of LanceDB does, of the table as it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumb-terms-'));
    const entry = (n: number) => {
      const id = `chunk-${n}`;
      const facts = { externalId: id, mediaType: 'text/plain', acl: [], tags: [], metadata: [] };
      // Lengths and frequencies of many kinds.
      const words = Array.from({ length: 1 + ((n * 7) % 23) }, (_, i) => `w${(n * (i + 3)) % (2 + ((n + i) % 97))}`);
      const names = { id, documentId: id, versionId: id };
      return { ...names, ...facts, effectiveFrom: 0, effectiveTo: null, terms: words.join(' ') };
    };
    const entries = Array.from({ length: 900 }, (_, n) => entry(n));
    const connection = await (await loadLanceDb()).connect(folder);
    const table = await connection.createTable('rows', textRows(entries.slice(0, 800)));
    await indexTerms(table);
    const memory = { budget: new MemoryBudget(1 << 30), scanFrom: 1, warmIntervalMs: 0 };
    const cache = new RowCache(memory, false);
    const addresses = (await table.query().select(['_rowid']).toArrow())
      .getChild('_rowid')
      ?.toArray() as BigUint64Array;
    await cache.rows(table, Array.from(addresses.subarray(0, 40), Number));
    await cache.idle();
    const compare = async (): Promise<void> => {
      for (const terms of [['w1'], ['w0', 'w5', 'w96'], ['w50', 'none'], ['w3', 'w3', 'w4']]) {
        const match = new MatchQuery([...new Set(terms)].join(' '), 'terms');
        const asked = table.query().fullTextSearch(match).select(['_rowid', '_score']).limit(30);
        const scores = (await asked.toArrow()).getChild('_score')?.toArray() as Float32Array;
        const found = await cache.matching(table, terms, 30);
        expect(found?.scores).toHaveLength(scores.length);
        for (const [n, score] of Array.from(scores)
          .sort((a, b) => b - a)
          .entries())
          expect(found?.scores[n]).toBeCloseTo(score, 3);
      }
    };
    await compare();
    await table.add(textRows(entries.slice(800, 860)));
    expect(await cache.matching(table, ['w1'], 5)).toBeNull();
    await cache.matching(table, ['w1'], 5);
    await cache.idle();
    const found = await cache.matching(table, ['w1'], 1_000);
    expect(found?.addresses).toHaveLength(
      entries.slice(0, 860).filter(({ terms }) => terms.split(' ').includes('w1')).length,
    );
    await indexTerms(table);
    await cache.matching(table, ['w1'], 5);
    await cache.matching(table, ['w1'], 5);
    await cache.idle();
    await compare();
    table.close();
    await rm(folder, { recursive: true, force: true });
  });
});

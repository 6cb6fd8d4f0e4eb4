import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkIdOf } from '../base/index.ts';
import type { ChunkIndex, Hit, IndexScope, TextEntry, VectorEntry } from './chunk-index.ts';
import type { Filter } from './filter.ts';

/** What the suite needs of an adapter. */
export interface ChunkIndexFactory {
  /** An empty index; called once. */
  open(): Promise<ChunkIndex>;
  /** Called after the last test, with the index closed. */
  cleanUp(): Promise<void>;
}

const TENANT = '0193f000-0000-7000-8000-000000000001';
const EVERYTHING: Filter = { op: 'all' };
const DIMENSIONS = 8;
let collections = 0;

/** A scope of its own for each test. */
function newScope(overrides: Partial<IndexScope> = {}): IndexScope {
  collections += 1;
  const collectionId = chunkIdOf(TENANT, 'collection', collections);
  return { tenantId: TENANT, collectionId, embedderId: 'test-embedder', dimensions: DIMENSIONS, ...overrides };
}

function documentId(n: number): string {
  return chunkIdOf(TENANT, 'document', n);
}

function versionId(n: number): string {
  return chunkIdOf(TENANT, 'version', n);
}

/** Chunk `n` is the only chunk of version `n` of document `n`. */
function textEntry(n: number, terms: string, overrides: Partial<TextEntry> = {}): TextEntry {
  return {
    id: chunkIdOf(versionId(n), 'test', 0),
    documentId: documentId(n),
    versionId: versionId(n),
    externalId: `docs/${n}.md`,
    mediaType: 'text/markdown',
    acl: ['g:everyone'],
    tags: [],
    metadata: [],
    effectiveFrom: 0,
    effectiveTo: null,
    terms,
    ...overrides,
  };
}

function vectorEntry(n: number, vector: readonly number[], overrides: Partial<VectorEntry> = {}): VectorEntry {
  const { terms: _terms, ...attributes } = textEntry(n, '');
  return { ...attributes, vector: unit(vector), ...overrides };
}

function ascending<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : Number(a > b);
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from({ length: DIMENSIONS }, (_, i) => (values[i] ?? 0) / length);
}

function chunkNumbers(hits: readonly Hit[]): number[] {
  return hits.map((hit) => Array.from({ length: 50 }, (_, n) => n).find((n) => documentId(n) === hit.documentId) ?? -1);
}

/**
 * The behaviour every adapter of `ChunkIndex` owes. Run it in the adapter's test file.
 * @param name the adapter
 */
export function chunkIndexConformance(name: string, factory: ChunkIndexFactory): void {
  describe(`${name} as a chunk index`, () => {
    let index: ChunkIndex;
    beforeAll(async () => {
      index = await factory.open();
    });
    afterAll(async () => {
      await index.close();
      await factory.cleanUp();
    });
    const append = { mayExist: false };
    const all = { filter: EVERYTHING, limit: 10 };

    it('finds nothing in a scope that does not exist, and creates none by reading or optimising it', async () => {
      const scope = newScope();
      expect(await index.searchText(scope, ['a'], all)).toEqual([]);
      expect(await index.searchVectors(scope, unit([1]), all)).toEqual([]);
      expect(await index.similarities(scope, unit([1]), [documentId(1)])).toEqual(new Map());
      expect(await index.vectors(scope, [documentId(1)])).toEqual(new Map());
      expect(await index.listIds(scope, 'text', { after: null, limit: 5 })).toEqual([]);
      expect(await index.unindexed(scope)).toEqual({ text: 0, vectors: 0 });
      await index.optimise(scope);
      await index.scrub(scope);
      await index.removeDocuments(scope, [documentId(1)]);
      await index.closeVersions(scope, [versionId(1)], 5);
      await index.drop(scope);
    });

    it('ranks by BM25: rarer and more frequent terms first, any term may match', async () => {
      const scope = newScope();
      const texts = ['common rare', 'common common', 'common other', 'else'];
      await index.putText(
        scope,
        texts.map((terms, n) => textEntry(n, terms)),
        append,
      );
      const before = await index.searchText(scope, ['common', 'rare'], all);
      expect(chunkNumbers(before)).toEqual([0, 1, 2]);
      expect(before[0]?.versionId).toBe(versionId(0));
      await index.optimise(scope);
      expect(await index.unindexed(scope)).toEqual({ text: 0, vectors: 0 });
      const after = await index.searchText(scope, ['common', 'rare'], all);
      expect(chunkNumbers(after)).toEqual([0, 1, 2]);
      expect(after.every((hit, i) => hit.score > 0 && hit.score <= (after[i - 1]?.score ?? 1e9))).toBe(true);
    });

    it('leaves terms as they are: no stemming, folding or stop words of its own, long ones too', async () => {
      const scope = newScope();
      const long = 'x'.repeat(64);
      await index.putText(scope, [textEntry(1, `the 43.5 running naïve 京都 ${long}`)], append);
      for (const term of ['the', '43.5', 'running', 'naïve', '京都', long]) {
        expect(chunkNumbers(await index.searchText(scope, [term], all)), term).toEqual([1]);
      }
      for (const term of ['run', 'naive', '43', 'The']) expect(await index.searchText(scope, [term], all)).toEqual([]);
    });

    it('ranks vectors by cosine and tells the true cosine of named chunks', async () => {
      const scope = newScope();
      const entries = [
        [1, 0],
        [1, 1],
        [0, 1],
        [-1, 0],
      ].map((vector, n) => vectorEntry(n, vector));
      await index.putVectors(scope, entries, append);
      const hits = await index.searchVectors(scope, unit([1, 0]), { filter: EVERYTHING, limit: 3 });
      expect(chunkNumbers(hits)).toEqual([0, 1, 2]);
      for (const [i, cosine] of [1, Math.SQRT1_2, 0].entries()) expect(hits[i]?.score).toBeCloseTo(cosine, 3);
      const ids = [entries[1]?.id ?? '', entries[3]?.id ?? '', textEntry(40, '').id];
      for (let round = 0; round < 2; round += 1) {
        const cosines = await index.similarities(scope, unit([1, 0]), ids);
        expect([...cosines.keys()].sort(ascending)).toEqual(ids.slice(0, 2).sort(ascending));
        expect(cosines.get(ids[0] ?? '')).toBeCloseTo(Math.SQRT1_2, 3);
        expect(cosines.get(ids[1] ?? '')).toBeCloseTo(-1, 3);
      }
    });

    it('gives the vectors of named chunks, and none for those it does not have', async () => {
      const scope = newScope();
      const given = [vectorEntry(1, [1, 2, 3]), vectorEntry(2, [-1, 0.5])];
      await index.putVectors(scope, given, append);
      const [one, two] = given.map((entry) => entry.id);
      const found = await index.vectors(
        scope,
        [two, textEntry(3, 'x').id, one].flatMap((id) => id ?? []),
      );
      expect([...found.keys()].sort(ascending)).toEqual(given.map((entry) => entry.id).sort(ascending));
      for (const entry of given) {
        const vector = found.get(entry.id) ?? new Float32Array();
        expect(vector).toHaveLength(scope.dimensions);
        for (const [i, value] of entry.vector.entries()) expect(vector[i]).toBeCloseTo(value, 2);
      }
    });

    it('applies the filter before ranking, so that the limit is reached', async () => {
      const scope = newScope();
      const entries = Array.from({ length: 40 }, (_, n) => {
        const acl = [n < 36 ? 'g:staff' : 'g:board'];
        return { text: textEntry(n, 'word', { acl }), vector: vectorEntry(n, [1, n / 100], { acl }) };
      });
      await index.putText(
        scope,
        entries.map((entry) => entry.text),
        append,
      );
      await index.putVectors(
        scope,
        entries.map((entry) => entry.vector),
        append,
      );
      const filter: Filter = { op: 'and', clauses: [{ op: 'in', field: 'acl', values: ['g:board', 'u:x'] }] };
      for (let round = 0; round < 2; round += 1) {
        const text = await index.searchText(scope, ['word'], { filter, limit: 4 });
        expect(chunkNumbers(text).sort(ascending)).toEqual([36, 37, 38, 39]);
        const vectors = await index.searchVectors(scope, unit([1, 0]), { filter, limit: 2 });
        expect(chunkNumbers(vectors)).toEqual([36, 37]);
      }
    });

    it('replaces what may exist, without duplicates, also within one call', async () => {
      const scope = newScope();
      await index.putText(scope, [textEntry(1, 'first'), textEntry(2, 'second')], append);
      await index.putVectors(scope, [vectorEntry(1, [1, 0])], append);
      expect((await index.similarities(scope, unit([1, 0]), [textEntry(1, '').id])).size).toBe(1);
      const again = { mayExist: true };
      await index.putText(scope, [textEntry(1, 'lost'), textEntry(3, 'third'), textEntry(1, 'changed')], again);
      await index.putVectors(scope, [vectorEntry(1, [0, 1]), vectorEntry(3, [1, 0])], again);
      expect(await index.listIds(scope, 'text', { after: null, limit: 10 })).toHaveLength(3);
      expect(await index.listIds(scope, 'vectors', { after: null, limit: 10 })).toHaveLength(2);
      expect(await index.searchText(scope, ['first', 'lost'], all)).toEqual([]);
      expect(chunkNumbers(await index.searchText(scope, ['changed'], all))).toEqual([1]);
      const cosine = await index.similarities(scope, unit([1, 0]), [textEntry(1, '').id]);
      expect(cosine.get(textEntry(1, '').id)).toBeCloseTo(0, 3);
    });

    it('makes a replaced chunk readable and unreadable at once', async () => {
      const scope = newScope();
      const filter: Filter = { op: 'in', field: 'acl', values: ['g:a'] };
      await index.putText(scope, [textEntry(1, 'word', { acl: ['g:a'] })], append);
      expect(await index.searchText(scope, ['word'], { filter, limit: 5 })).toHaveLength(1);
      await index.putText(scope, [textEntry(1, 'word', { acl: ['g:b'] })], { mayExist: true });
      expect(await index.searchText(scope, ['word'], { filter, limit: 5 })).toEqual([]);
    });

    it('ends the validity of versions', async () => {
      const scope = newScope();
      await index.putText(scope, [textEntry(1, 'old'), textEntry(2, 'old')], append);
      await index.putVectors(scope, [vectorEntry(1, [1]), vectorEntry(2, [1])], append);
      const at = (value: number): Filter => ({ op: 'gt', field: 'effectiveTo', value });
      const found = async (filter: Filter) => [
        chunkNumbers(await index.searchText(scope, ['old'], { filter, limit: 5 })).sort(ascending),
        chunkNumbers(await index.searchVectors(scope, unit([1]), { filter, limit: 5 })).sort(ascending),
      ];
      expect(await found(at(1_000))).toEqual([
        [1, 2],
        [1, 2],
      ]);
      await index.closeVersions(scope, [versionId(1)], 1_000);
      expect(await found(at(1_000))).toEqual([[2], [2]]);
      expect(await found(at(999))).toEqual([
        [1, 2],
        [1, 2],
      ]);
    });

    it('takes documents out, and keeps the others through optimise and scrub', async () => {
      const scope = newScope();
      await index.putText(
        scope,
        [1, 2, 3].map((n) => textEntry(n, 'word')),
        append,
      );
      await index.putVectors(
        scope,
        [1, 2, 3].map((n) => vectorEntry(n, [1, n])),
        append,
      );
      await index.removeDocuments(scope, [documentId(2)]);
      const found = async () => [
        chunkNumbers(await index.searchText(scope, ['word'], all)).sort(ascending),
        chunkNumbers(await index.searchVectors(scope, unit([1]), all)).sort(ascending),
      ];
      expect(await found()).toEqual([
        [1, 3],
        [1, 3],
      ]);
      await index.scrub(scope);
      expect(await found()).toEqual([
        [1, 3],
        [1, 3],
      ]);
      await index.putText(scope, [textEntry(2, 'word')], append);
      await index.optimise(scope);
      expect((await found())[0]).toEqual([1, 2, 3]);
    });

    it('lists ids in order, page by page', async () => {
      const scope = newScope();
      const entries = Array.from({ length: 25 }, (_, n) => textEntry(n, 'word'));
      await index.putText(scope, entries, append);
      const ids: string[] = [];
      for (let after: string | null = null; ; after = ids.at(-1) ?? null) {
        const page = await index.listIds(scope, 'text', { after, limit: 10 });
        ids.push(...page);
        if (page.length < 10) break;
      }
      expect(ids).toEqual(entries.map((entry) => entry.id).sort(ascending));
    });

    it('keeps tenants, collections and embedders apart, and drops one without the others', async () => {
      const scope = newScope();
      const otherTenant = { ...scope, tenantId: '0193f000-0000-7000-8000-000000000002' };
      const otherEmbedder = { ...scope, embedderId: 'other/Embedder', dimensions: 4 };
      await index.putText(scope, [textEntry(1, 'word')], append);
      await index.putVectors(scope, [vectorEntry(1, [1])], append);
      await index.putVectors(
        otherEmbedder,
        [{ ...vectorEntry(1, [1]), vector: new Float32Array([0, 0, 0, 1]) }],
        append,
      );
      expect(await index.searchText(otherTenant, ['word'], all)).toEqual([]);
      expect(await index.searchVectors(otherTenant, unit([1]), all)).toEqual([]);
      const other = await index.searchVectors(otherEmbedder, new Float32Array([0, 0, 0, 1]), all);
      expect(other[0]?.score).toBeCloseTo(1, 3);
      await index.drop(scope);
      expect(await index.searchVectors(scope, unit([1]), all)).toEqual([]);
      expect(await index.searchText(otherEmbedder, ['word'], all)).toHaveLength(1);
      await index.drop(otherEmbedder);
      expect(await index.searchText(scope, ['word'], all)).toEqual([]);
      await index.putText(scope, [textEntry(5, 'word')], append);
      expect(chunkNumbers(await index.searchText(scope, ['word'], all))).toEqual([5]);
    });

    it('refuses vectors of the wrong length, ids that are no UUIDs, limits out of range', async () => {
      const scope = newScope();
      const short = { ...vectorEntry(1, [1]), vector: new Float32Array(3) };
      const refused = { code: 'index.invalid-entry' };
      await expect(index.putVectors(scope, [short], append)).rejects.toMatchObject(refused);
      await expect(index.searchVectors(scope, new Float32Array(3), all)).rejects.toMatchObject(refused);
      await expect(index.putText(scope, [textEntry(1, 'a', { id: "x' OR 1=1" })], append)).rejects.toMatchObject(
        refused,
      );
      await expect(index.removeDocuments(scope, ["' OR true"])).rejects.toMatchObject(refused);
      await expect(index.searchText({ ...scope, tenantId: '../x' }, ['a'], all)).rejects.toMatchObject(refused);
      await index.putText(scope, [textEntry(1, 'a')], append);
      await expect(index.searchText(scope, ['a'], { ...all, limit: 0 })).rejects.toMatchObject(refused);
      const injected: Filter = { op: 'in', field: 'tags', values: ["'] ) OR true --"] };
      expect(await index.searchText(scope, ['a'], { filter: injected, limit: 5 })).toEqual([]);
    });

    it('stops when told to', async () => {
      const scope = newScope();
      await index.putText(scope, [textEntry(1, 'a')], append);
      const search = index.searchText(scope, ['a'], { ...all, signal: AbortSignal.abort() });
      await expect(search).rejects.toMatchObject({ code: 'operation.aborted' });
    });

    it('takes writes while it optimises', async () => {
      const scope = newScope();
      await index.putText(
        scope,
        Array.from({ length: 20 }, (_, n) => textEntry(n, 'word')),
        append,
      );
      const writes = [20, 21, 22].map((n) => index.putText(scope, [textEntry(n, 'word')], append));
      const changes = [
        index.putText(scope, [textEntry(0, 'word')], { mayExist: true }),
        index.removeDocuments(scope, [documentId(1)]),
      ];
      await Promise.all([index.optimise(scope), ...writes, ...changes, index.optimise(scope)]);
      expect(await index.searchText(scope, ['word'], { filter: EVERYTHING, limit: 50 })).toHaveLength(22);
    });
  });
}

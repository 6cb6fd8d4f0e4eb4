import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId, type TenantContext } from '../../src/base/index.ts';
import type { Collection } from '../../src/ingest/index.ts';
import { eventually } from '../ingest/eventually.ts';
import { describeWorkspaces, type Workspace } from '../ingest/workspace.ts';

const WORDS = ['otter', 'heron', 'badger', 'newt', 'lynx'] as const;
const LISTS = [['g:everyone'], ['g:staff'], ['g:everyone', 'g:board'], ['g:board']] as const;
const DAY_MS = 86_400_000;
/** Before, between and after the moments at which texts begin to be valid. */
const MOMENTS = [-20, 0, 20, 40].map((days) => Date.now() + days * DAY_MS);

/** What may happen between two searches; all are of one of two tenants. */
type Step =
  | {
      readonly do: 'upload';
      readonly tenant: number;
      readonly name: number;
      readonly words: number[];
      readonly acl: number;
      readonly from: number;
    }
  | { readonly do: 'share'; readonly tenant: number; readonly name: number; readonly acl: number }
  | { readonly do: 'delete'; readonly tenant: number; readonly name: number };

const tenant = fc.nat(1);
const name = fc.nat(3);
const acl = fc.nat(LISTS.length - 1);
const words = fc.array(fc.nat(WORDS.length - 1), { minLength: 1, maxLength: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('upload' as const), tenant, name, words, acl, from: fc.nat(3) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('share' as const), tenant, name, acl }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), tenant, name }) },
);

/** Two tenants with a collection each and what is in it. */
class World {
  readonly #workspace: Workspace;
  readonly tenants: {
    readonly context: TenantContext;
    collection: Collection;
    readonly documents: Map<number, string>;
  }[] = [];
  readonly #texts = new Map<string, string>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  async open(): Promise<void> {
    for (const context of [this.#workspace.context, { ...this.#workspace.context, tenantId: newId() }]) {
      const staff = { ...context, groups: ['g:everyone', 'g:staff', 'g:board'] };
      const collection = await this.#workspace.platform.ingest.ensureCollection(staff, { name: `c-${newId()}` });
      this.tenants.push({ context: staff, collection, documents: new Map() });
    }
  }

  async take(given: Step): Promise<void> {
    const of = this.tenants[given.tenant] as World['tenants'][number];
    const known = of.documents.get(given.name);
    const { ingest } = this.#workspace.platform;
    if (given.do === 'delete') {
      if (known === undefined) return;
      of.documents.delete(given.name);
      await ingest.deleteDocument(of.context, known);
      return;
    }
    const key = `${given.tenant}/${given.name}`;
    const from = given.do === 'upload' ? MOMENTS[given.from] : undefined;
    const text =
      given.do === 'upload' ? given.words.map((word) => `The ${WORDS[word]} sleeps.`).join(' ') : this.#texts.get(key);
    if (text === undefined || (given.do === 'share' && known === undefined)) return;
    this.#texts.set(key, text);
    const facts = {
      acl: [...(LISTS[given.acl] as readonly string[])],
      ...(from !== undefined && { effectiveFrom: from }),
    };
    const upload = {
      name: `${given.name}.txt`,
      bytes: new TextEncoder().encode(text),
      declaredType: undefined,
      given: facts,
    };
    const signal = AbortSignal.timeout(60_000);
    const stored = await ingest.upload(of.context, { collection: of.collection, signal }, upload);
    of.documents.set(given.name, stored.documentId);
  }

  async idle(): Promise<void> {
    for (const { context } of this.tenants) await this.#workspace.platform.ingest.idle(context);
  }

  /** Every search there is: of each tenant, for each reader, word and moment. */
  searches(): ((cache: boolean) => Promise<unknown>)[] {
    return this.tenants.flatMap(({ context, collection }) =>
      LISTS.flatMap((groups) =>
        MOMENTS.map((asOf) => async (cache: boolean) => {
          const question = 'Where does the otter sleep, and the heron?';
          const settings = { preset: 'fast' as const };
          const query = {
            collection,
            question,
            asOf,
            filter: { op: 'all' as const },
            limit: 3,
            after: null,
            cache,
            settings,
          };
          const signal = AbortSignal.timeout(60_000);
          const page = await this.#workspace.platform.search({ ...context, groups }, { ...query, signal });
          return page.items;
        }),
      ),
    );
  }
}

describeWorkspaces(
  'results of searches that are kept',
  () => ({}),
  (workspace, kind) => {
    it('are what a search finds, whatever is written, deleted and shared in between', {
      timeout: 300_000,
    }, async () => {
      const before = workspace().platform.caches().searches.hits;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
          const world = new World(workspace());
          await world.open();
          for (const each of steps) {
            // Searches while the write is in hand: what they keep must not outlive it.
            const [first, second] = [world.searches()[0], world.searches()[17]];
            await Promise.all([world.take(each), first?.(true), second?.(true)]);
            await Promise.all([first?.(true), world.idle(), second?.(true)]);
            for (const search of world.searches()) {
              // Words of documents are counted as time goes by, and help to read a question: before the search or after it.
              const earlier = await search(false);
              const kept = [await search(true), await search(true)];
              const later = await search(false);
              for (const found of kept) expect([earlier, later]).toContainEqual(found);
            }
          }
        }),
        { numRuns: 3, endOnFailure: true },
      );
      expect(workspace().platform.caches().searches.hits - before).toBeGreaterThan(50);
    });

    // The embedded database belongs to one process, so this is no test of that suite.
    if (kind === 'postgres')
      it('are what a search finds when it is another process that writes', { timeout: 120_000 }, async () => {
        const collection = await workspace().collection();
        const other = await workspace().another();
        try {
          const context = other.localContext('other');
          for (let round = 0; round < 6; round++) {
            const word = `word${'abcdef'[round]}`;
            const bytes = new TextEncoder().encode(`The ${word} sleeps.`);
            const upload = { name: `${word}.txt`, bytes, declaredType: undefined, given: {} };
            await other.ingest.upload(context, { collection, signal: AbortSignal.timeout(60_000) }, upload);
            // Asked all the while, so that results of every moment are kept that may be.
            const idle = other.ingest.idle(context).then(() => true);
            while (
              !(await Promise.race([
                idle,
                workspace()
                  .find(collection, word)
                  .then(() => false),
              ]))
            );
            // What another process wrote is seen after a moment. Others are found too: they mean something like it.
            const findAnew = async () => (await workspace().search(collection, word, { cache: false })).items;
            const isFound = async () => (await findAnew()).some(({ externalId }) => externalId === `${word}.txt`);
            await eventually(async () => ((await isFound()) ? true : null));
            expect(await workspace().find(collection, word)).toContain(`${word}.txt`);
          }
        } finally {
          await other.close();
        }
      });

    it('and their passages are let go of when the collection is written', { timeout: 60_000 }, async () => {
      const collection = await workspace().collection();
      const { documentId } = await workspace().upload(collection, { name: 'a.txt', text: 'The otter sleeps.' });
      await workspace().idle();
      const { ingest } = workspace().platform;
      const entries = (): number => workspace().platform.caches().searches.entries;
      const before = entries();
      await eventually(async () => {
        expect(await workspace().find(collection, 'otter')).toContain('a.txt');
        return entries() > before ? true : null;
      });
      expect(await workspace().find(collection, 'otter')).toContain('a.txt');
      await ingest.deleteDocument(workspace().context, documentId);
      expect(entries()).toBe(before);
      expect(await workspace().find(collection, 'otter')).toEqual([]);
    });

    it('are found once for all who ask at the same moment, and not for a reader who asks to search anew', async () => {
      const context = workspace().context;
      const collection = await workspace().collection();
      await workspace().upload(collection, { name: 'a.txt', text: 'The otter sleeps.' });
      await workspace().idle();
      const query = {
        collection,
        question: 'otter?',
        asOf: Date.now(),
        filter: { op: 'all' as const },
        limit: 3,
        after: null,
      };
      const ask = (cache: boolean) =>
        workspace().platform.search(context, { ...query, cache, signal: AbortSignal.timeout(30_000) });
      const start = workspace().platform.caches().questions;
      const pages = await Promise.all(Array.from({ length: 10 }, () => ask(true)));
      expect(new Set(pages.map(({ items }) => JSON.stringify(items))).size).toBe(1);
      const { misses } = workspace().platform.caches().questions;
      expect(misses - start.misses).toBe(1);
      await ask(false);
      expect(workspace().platform.caches().questions.misses).toBe(misses);
    });
  },
);

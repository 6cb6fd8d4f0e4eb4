import { describe, expect, it } from 'vitest';
import type { Collection } from '../../src/ingest/index.ts';
import { describeWorkspaces, type Workspace } from '../ingest/workspace.ts';

const DAY_MS = 86_400_000;

interface Asked {
  readonly groups?: readonly string[];
  readonly cache?: boolean;
  readonly asOf?: number;
}

function search(workspace: Workspace, collection: Collection, given: Asked & { readonly question: string }) {
  const { question, groups = ['g:everyone'], cache = true, asOf = Date.now() } = given;
  const query = { collection, question, asOf, filter: { op: 'all' as const }, limit: 5, after: null, cache };
  return workspace.platform.search({ ...workspace.context, groups }, { ...query, signal: AbortSignal.timeout(20_000) });
}

async function logged(workspace: Workspace): Promise<string[]> {
  const rows = await workspace.platform.database.withTenant(workspace.context, (tx) =>
    tx.query<{ question: string }>(`select query->>'question' as question from query_log order by 1`),
  );
  return rows.map(({ question }) => question);
}

async function warm(workspace: Workspace, collection: Collection, page = { from: 0, count: 100 }) {
  for (;;) {
    const signal = AbortSignal.timeout(20_000);
    const done = await workspace.platform.warm(workspace.context, { collection, ...page, signal });
    if (!done.isCounting) return done;
    await new Promise(setImmediate);
  }
}

const on = () => ({ environment: { PLUMB_QUERY_LOG: 'on' } });

describeWorkspaces('warming from the log of searches', on, (given) => {
  it('makes the searches again after a start, each as its readers may see it', async () => {
    const workspace = given();
    const collection = await workspace.collection();
    await workspace.upload(collection, { name: 'all.txt', text: 'The otter sleeps by the river.' });
    const secret = { name: 'board.txt', text: 'The otter costs 900 million.', given: { acl: ['g:board'] } };
    await workspace.upload(collection, secret);
    await workspace.idle();
    const board = ['g:everyone', 'g:board'];
    const asked = { question: 'Where does the otter sleep?' };
    const ofBoard = (await search(workspace, collection, { ...asked, groups: board })).items;
    const ofAll = (await search(workspace, collection, asked)).items;
    expect([ofAll.length, ofBoard.length]).toEqual([1, 2]);
    await workspace.reopen();

    const before = workspace.platform.caches();
    expect(before.searches).toMatchObject({ entries: 0 });
    expect(await warm(workspace, collection)).toMatchObject({ logged: 2, warmed: 2, kept: 0, skipped: 0, next: null });
    expect(await warm(workspace, collection)).toMatchObject({ warmed: 0, kept: 2 });
    const { hits } = workspace.platform.caches().searches;
    expect((await search(workspace, collection, asked)).items).toEqual(ofAll);
    expect((await search(workspace, collection, { ...asked, groups: board })).items).toEqual(ofBoard);
    expect(workspace.platform.caches().searches.hits).toBe(hits + 2);
  });

  it('goes page by page, the most asked first, and logs nothing of its own', async () => {
    const workspace = given();
    const collection = await workspace.collection();
    await workspace.upload(collection, { name: 'a.txt', text: 'Heron, badger and newt.' });
    await workspace.idle();
    for (const question of ['heron', 'badger', 'badger', 'newt']) await search(workspace, collection, { question });
    await workspace.reopen();
    expect(await warm(workspace, collection, { from: 0, count: 2 })).toMatchObject({ logged: 3, warmed: 2, next: 2 });
    const kept = workspace.platform.caches().searches.hits;
    await search(workspace, collection, { question: 'badger' });
    expect(workspace.platform.caches().searches.hits).toBe(kept + 1);
    expect(await warm(workspace, collection, { from: 2, count: 2 })).toMatchObject({ warmed: 1, next: null });
    expect(await warm(workspace, collection, { from: 9, count: 2 })).toMatchObject({
      logged: 3,
      warmed: 0,
      next: null,
    });
  });

  it('logs first pages of the present whose askers let things be kept, answers too', async () => {
    const workspace = given();
    const collection = await workspace.collection();
    await workspace.upload(collection, { name: 'a.txt', text: 'The lynx hunts at night.' });
    await workspace.idle();
    const already = await logged(workspace);
    await search(workspace, collection, { question: 'lynx now' });
    await search(workspace, collection, { question: 'lynx unkept', cache: false });
    await search(workspace, collection, { question: 'lynx then', asOf: Date.now() + DAY_MS });
    await search(workspace, collection, { question: 'zzz' }).catch(() => undefined);
    const signal = AbortSignal.timeout(20_000);
    const text = 'When does the lynx hunt?';
    await workspace.platform.ask(workspace.context, { collection, text, asOf: null, filter: { op: 'all' }, signal });
    await workspace.reopen();
    const fresh = (await logged(workspace)).filter((question) => !already.includes(question));
    expect(fresh).toEqual(expect.arrayContaining(['When does the lynx hunt?', 'lynx now']));
    expect(fresh.join()).not.toMatch(/unkept|then/);
  });

  it('forgets what a deleted document answered', async () => {
    const workspace = given();
    const collection = await workspace.collection();
    const { documentId } = await workspace.upload(collection, { name: 'a.txt', text: 'The quillon is secret.' });
    await workspace.idle();
    await search(workspace, collection, { question: 'What is the quillon?' });
    await workspace.reopen();
    expect(await logged(workspace)).toContain('What is the quillon?');
    await workspace.platform.ingest.deleteDocument(workspace.context, documentId);
    expect(await logged(workspace)).not.toContain('What is the quillon?');
    // Noted before the deletion, written after it.
    const again = await workspace.upload(collection, { name: 'b.txt', text: 'The quillon is secret.' });
    await workspace.idle();
    await search(workspace, collection, { question: 'Who knows the quillon?' });
    await workspace.platform.ingest.deleteDocument(workspace.context, again.documentId);
    await workspace.reopen();
    expect(await logged(workspace)).not.toContain('Who knows the quillon?');
  });
});

describe('without being switched on', () => {
  describeWorkspaces(
    'the log',
    () => ({}),
    (given) => {
      it('keeps nothing', async () => {
        const workspace = given();
        const collection = await workspace.collection();
        await workspace.upload(collection, { name: 'a.txt', text: 'The otter sleeps.' });
        await workspace.idle();
        await search(workspace, collection, { question: 'otter' });
        await workspace.reopen();
        expect(await logged(workspace)).toEqual([]);
        expect(await warm(workspace, collection)).toMatchObject({ logged: 0, warmed: 0, next: null });
      });
    },
  );
});

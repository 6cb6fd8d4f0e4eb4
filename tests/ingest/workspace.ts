/** A whole platform over a home of its own, on the embedded database or a server's, for tests of ingestion. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { SearchPage, SearchQuery } from '../../src/answers/index.ts';
import type { TenantContext } from '../../src/base/index.ts';
import { loadConfig } from '../../src/config/index.ts';
import type { Collection, GivenFacts, IngestRun, RunOptions, StoredDocument } from '../../src/ingest/index.ts';
import type { Embedder } from '../../src/models/index.ts';
import { createFixedEmbedder } from '../../src/models/testing.ts';
import { createPlatform, type Platform } from '../../src/platform.ts';
import { copyTemplate } from '../../src/store/database-template.ts';
import { createServerDatabase, type ServerDatabase, testServerUrl } from '../../src/store/testing.ts';
import type { Log } from '../../src/telemetry/index.ts';
import { eventually } from './eventually.ts';

/** Which database a suite runs on. */
export type DatabaseKind = 'pglite' | 'postgres';

/** How a workspace is opened. */
export interface WorkspaceOptions {
  readonly embedder?: () => Embedder;
  readonly clock?: () => number;
  readonly log?: Log;
  readonly environment?: Readonly<Record<string, string>>;
}

let collections = 0;

/** A platform with the calls tests make most. */
export class Workspace {
  readonly folder: string;
  readonly #options: WorkspaceOptions;
  readonly #server: ServerDatabase | null;
  #platform: Platform | null = null;

  private constructor(folder: string, server: ServerDatabase | null, options: WorkspaceOptions) {
    this.folder = folder;
    this.#server = server;
    this.#options = options;
  }

  static async open(kind: DatabaseKind, options: WorkspaceOptions = {}): Promise<Workspace> {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-ingest-'));
    const server = kind === 'postgres' ? await createServerDatabase() : null;
    const workspace = new Workspace(folder, server, options);
    if (server === null) await copyTemplate(workspace.home);
    await workspace.reopen();
    return workspace;
  }

  get home(): string {
    return join(this.folder, 'home');
  }

  get platform(): Platform {
    if (this.#platform === null) throw new Error('The workspace is closed.');
    return this.#platform;
  }

  get context(): TenantContext {
    return this.platform.localContext('test');
  }

  /** Closes the platform, as at the end of a process. */
  async close(): Promise<void> {
    await this.#platform?.close();
    this.#platform = null;
  }

  /** Opens the platform again on the same home. */
  async reopen(): Promise<void> {
    await this.close();
    this.#platform = await this.another();
  }

  /** A further platform on the same home and database, as another process would open it. The caller closes it. */
  async another(): Promise<Platform> {
    const database = this.#server === null ? {} : { DATABASE_URL: this.#server.url };
    const environment = { PLUMB_HOME: this.home, ...database, ...this.#options.environment };
    const { clock, log } = this.#options;
    return await createPlatform(loadConfig(environment, this.folder), {
      embedder: this.#options.embedder?.() ?? createFixedEmbedder(),
      ...(clock === undefined ? {} : { clock }),
      ...(log === undefined ? {} : { log }),
    });
  }

  async drop(): Promise<void> {
    await this.close();
    await this.#server?.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A collection nobody used before. */
  async collection(): Promise<Collection> {
    return await this.platform.ingest.ensureCollection(this.context, { name: `test-${++collections}` });
  }

  async upload(
    collection: Collection,
    file: { readonly name: string; readonly text: string; readonly given?: GivenFacts },
  ): Promise<StoredDocument> {
    return await this.platform.ingest.upload(
      this.context,
      { collection, signal: AbortSignal.timeout(30_000) },
      {
        name: file.name,
        bytes: new TextEncoder().encode(file.text),
        declaredType: undefined,
        given: file.given ?? {},
      },
    );
  }

  /** Writes files below a folder of this workspace. @returns its absolute path */
  async files(folder: string, contents: Readonly<Record<string, string>>): Promise<string> {
    const root = join(this.folder, folder);
    await mkdir(root, { recursive: true });
    for (const [name, text] of Object.entries(contents)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    return root;
  }

  /** Goes over a folder until the pass has ended. */
  async pass(collection: Collection, root: string, options: Partial<RunOptions> = {}): Promise<IngestRun> {
    const { ingest } = this.platform;
    const { id } = await ingest.startRun(this.context, collection, {
      spec: { kind: 'folder', root, include: [], exclude: [] },
      options: { force: false, confirmDeletions: false, ...options },
    });
    return await this.ended(id);
  }

  /** The pass once it has ended. */
  async ended(runId: string): Promise<IngestRun> {
    return await eventually(async () => {
      const run = await this.platform.ingest.run(this.context, runId);
      return run.state === 'running' ? null : run;
    });
  }

  /** Everything stored is indexed. */
  async idle(): Promise<void> {
    await this.platform.ingest.idle(this.context);
  }

  /** Names of the documents found, best first. */
  async find(collection: Collection, question: string, asOf: number = Date.now()): Promise<string[]> {
    const { items } = await this.search(collection, question, { asOf });
    return items.map((item) => item.externalId);
  }

  /** Names of the documents whose words match, without any help of vectors. */
  async findWords(collection: Collection, question: string, asOf: number = Date.now()): Promise<string[]> {
    const { items } = await this.search(collection, question, { asOf });
    return items.filter((item) => item.text !== null).map((item) => item.externalId);
  }

  /** The first twenty passages, now unless said otherwise. */
  async search(collection: Collection, question: string, more: Partial<SearchQuery> = {}): Promise<SearchPage> {
    return await this.platform.search(this.context, {
      collection,
      question,
      asOf: Date.now(),
      filter: { op: 'all' },
      limit: 20,
      after: null,
      signal: AbortSignal.timeout(10_000),
      ...more,
    });
  }
}

/** Runs a suite over one workspace per kind of database; without a server that half is skipped and says why. */
export function describeWorkspaces(
  name: string,
  options: () => WorkspaceOptions,
  suite: (workspace: () => Workspace, kind: DatabaseKind) => void,
): void {
  const on = (kind: DatabaseKind) => (): void => {
    let workspace: Workspace | undefined;
    beforeAll(async () => {
      workspace = await Workspace.open(kind, options());
    });
    afterAll(async () => {
      await workspace?.drop();
    });
    suite(() => {
      if (workspace === undefined) throw new Error('The workspace did not open.');
      return workspace;
    }, kind);
  };
  describe(`${name} (pglite)`, on('pglite'));
  if (testServerUrl !== undefined) describe(`${name} (postgres)`, on('postgres'));
  else {
    describe.skip(
      `${name} (postgres): skipped, set PLUMB_TEST_DATABASE_URL to a login that may create databases`,
      on('postgres'),
    );
  }
}

import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '@lancedb/lancedb';

/** Where the files of the tables are, beside what LanceDB itself does with them. */
export interface TableStore {
  /** Names of all tables that begin so. */
  names(prefix: string): Promise<string[]>;
  exists(name: string): Promise<boolean>;
  /** Removes a table with everything that belongs to it. */
  drop(name: string): Promise<void>;
  /** Removes what killed compactions and writes left behind; nothing else does. Only while nothing is being written. */
  removeLeftovers(name: string): Promise<void>;
  /** Whether files of the table may hold rows that were removed. */
  mayHoldRemoved(name: string): Promise<boolean>;
}

/** Tables in a folder of this machine. */
export class FolderStore implements TableStore {
  readonly #root: string;

  /** @param root absolute path */
  constructor(root: string) {
    this.#root = root;
  }

  async names(prefix: string): Promise<string[]> {
    const names = await readdir(this.#root);
    return names
      .filter((name) => name.startsWith(prefix) && name.endsWith('.lance'))
      .map((name) => name.slice(0, -'.lance'.length));
  }

  async exists(name: string): Promise<boolean> {
    return await access(this.#folderOf(name)).then(
      () => true,
      () => false,
    );
  }

  async drop(name: string): Promise<void> {
    await rm(this.#folderOf(name), { recursive: true, force: true });
  }

  async removeLeftovers(name: string): Promise<void> {
    const data = join(this.#folderOf(name), 'data');
    const files = await readdir(data).catch(() => []);
    await Promise.all(
      files.filter((file) => file.startsWith('.tmp')).map((file) => rm(join(data, file), { force: true })),
    );
  }

  async mayHoldRemoved(name: string): Promise<boolean> {
    const files = await readdir(join(this.#folderOf(name), '_deletions')).catch(() => []);
    return files.length > 0;
  }

  /** Makes the folder. */
  async prepare(): Promise<void> {
    await mkdir(this.#root, { recursive: true });
  }

  #folderOf(name: string): string {
    return join(this.#root, `${name}.lance`);
  }
}

/** Tables per listing. */
const PAGE = 100;

/** Tables in an object storage: a write there is whole or not at all, so that nothing is left behind. */
export class BucketStore implements TableStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async names(prefix: string): Promise<string[]> {
    const found: string[] = [];
    // Names come in order: those that begin so follow the prefix itself.
    for (let startAfter = prefix; ; ) {
      const page = await this.#connection.tableNames({ startAfter, limit: PAGE });
      found.push(...page.filter((name) => name.startsWith(prefix)));
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE || !last.startsWith(prefix)) return found;
      startAfter = last;
    }
  }

  async exists(name: string): Promise<boolean> {
    // The listing leaves out the name it starts after.
    return (await this.names(name.slice(0, -1))).includes(name);
  }

  async drop(name: string): Promise<void> {
    if (await this.exists(name)) await this.#connection.dropTable(name);
  }

  removeLeftovers(): Promise<void> {
    return Promise.resolve();
  }

  /** What was removed cannot be told from here: it is always taken to be there. */
  mayHoldRemoved(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

/** `kill -9` while answers are streamed: who comes back, to another node or to the restarted one, ends with the stored answer. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createServerDatabase, type ServerDatabase, testServerUrl } from '../../src/store/testing.ts';
import { copyTemplate } from '../../src/store/database-template.ts';
import { AnswerReader } from './answer-reader.ts';
import type { AnsweringNode } from './answering-process.ts';
import { seeded } from './protocol.ts';

const kills = Math.max(1, Math.floor(Number(process.env['PLUMB_CRASH_RUNS'] ?? 5) / 5));
const seed = Number(process.env['PLUMB_CRASH_SEED'] ?? Math.floor(Date.now() % 1_000_000));

/** Starting a process takes seconds on a busy machine. */
const PATIENCE_MS = 300_000;

/** Answers under way when a node is killed, begun one after the other so that each is at another point. */
const STREAMS = 12;
const BEGUN_EVERY_MS = 12;
const EVENTS_BEFORE_THE_END = 6;

/** Further kills where those before happened to leave no answer with words to be taken over. */
const FURTHER_KILLS = 5;

const facts = [
  ['Where is the key of the archive kept?', 'The key of the archive is kept in the green cabinet beside the stairs.'],
  ['Who waters the ferns in the lobby?', 'The gardener waters the ferns in the lobby on Tuesdays and Fridays.'],
  ['When does the ferry to the island leave?', 'The ferry to the island leaves at a quarter past seven.'],
  ['How thick is the glass of the aquarium?', 'The glass of the aquarium is forty millimetres thick.'],
  ['Which cheese goes into the fondue?', 'Gruyère and Vacherin go into the fondue, in equal parts of cheese.'],
  ['What colour are the visitors’ badges?', 'The badges of visitors are yellow and carry a number in colour.'],
] as const;
const document = facts.map(([, fact], i) => `# Fact ${i}\n\n${fact}`).join('\n\n');
const questions = facts.map(([question]) => question);

class Node implements AnsweringNode {
  readonly #child: ChildProcess;
  readonly address: string;
  readonly token: string;

  private constructor(child: ChildProcess, { address, token }: AnsweringNode) {
    this.#child = child;
    this.address = address;
    this.token = token;
  }

  static async start(environment: Readonly<Record<string, string>>): Promise<Node> {
    const env = { PATH: process.env['PATH'], PORT: '0', PLUMB_SAMPLE: 'off', ...environment };
    const child = fork(join(import.meta.dirname, 'answering-process.ts'), { execArgv: [], env });
    const [told] = (await once(child, 'message')) as [AnsweringNode];
    return new Node(child, told);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  /** Stops the process as a frozen machine would be stopped, or lets it go on. */
  freeze(frozen: boolean): void {
    this.#child.kill(frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  async upload(): Promise<void> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/octet-stream' };
    await fetch(`${this.address}/v1/documents?name=facts.md`, { method: 'POST', headers, body: document });
    for (;;) {
      const response = await fetch(`${this.address}/v1/collections/documents/index`);
      const progress = (await response.json()) as { chunks: number; vectors: number };
      if (progress.chunks > 0 && progress.vectors === progress.chunks) return;
      await pause(50);
    }
  }

  async json(path: string): Promise<unknown> {
    return await (await fetch(`${this.address}${path}`)).json();
  }
}

/** Begins answers one after the other; when all together came to a number of events the seed chooses, the node ends. */
async function streamUntil(node: Node, random: () => number, end: () => Promise<void>): Promise<AnswerReader[]> {
  const enough = Promise.withResolvers<void>();
  let until = 1 + Math.floor(random() * STREAMS * EVENTS_BEFORE_THE_END);
  const count = (): void => void (--until === 0 && enough.resolve());
  const leaving = new AbortController();
  const readers = Array.from(
    { length: STREAMS },
    (_, i) => new AnswerReader(questions[i % questions.length] ?? '', count),
  );
  const reading = readers.map(async (reader, i) => {
    await pause(i * BEGUN_EVERY_MS);
    await reader.read(node, leaving.signal);
  });
  await Promise.race([enough.promise, Promise.all(reading)]);
  await end();
  leaving.abort();
  await Promise.all(reading);
  return readers;
}

/** What the reader has is the stored answer, every event once and in order, and the same as anybody reads afterwards. */
async function expectWhole(reader: AnswerReader, node: Node, label: string): Promise<void> {
  expect(reader.ended, label).toBe(true);
  const { events, answerId } = reader;
  expect(
    events.map(({ id }) => id),
    label,
  ).toEqual(events.map((_, i) => `${answerId}:${i + 1}`));
  const lasts = events.filter(({ type }) => type === 'answer.completed' || type === 'answer.failed');
  expect(
    lasts.map(({ type }) => type),
    label,
  ).toEqual(['answer.completed']);
  const from = events.findLastIndex(({ type }) => type === 'answer.restarted');
  const said = events.slice(from + 1).filter(({ type }) => type === 'text.added');
  const stored = (await node.json(`/v1/answers/${answerId}`)) as { text: string };
  expect(said.map(({ data }) => data.text).join(''), label).toBe(stored.text);
  expect(events.at(-1)?.data.answer, label).toEqual(stored);
  const again = new AnswerReader('');
  again.events.push({ id: `${answerId}:0`, type: 'none', data: null });
  await again.read(node);
  expect(again.events.slice(1), label).toEqual(events);
}

function saidOf({ resumed, restarted, worded }: Told): string {
  return `${resumed} answers resumed (${worded} with words), ${restarted} of them begun anew,`;
}

interface Told {
  resumed: number;
  restarted: number;
  /** Of these, such as came to an answer with words. */
  worded: number;
}

/** Comes back to `node` with every reader that can, and checks what they end with. */
async function resume(readers: readonly AnswerReader[], node: Node, told: Told): Promise<void> {
  const begun = readers.filter((reader) => reader.begun);
  const broken = begun.filter((reader) => !reader.ended);
  await Promise.all(broken.map((reader) => reader.read(node)));
  for (const reader of begun) await expectWhole(reader, node, `seed ${seed}, answer ${reader.answerId}`);
  told.resumed += broken.length;
  told.worded += broken.filter(({ events }) => events.some(({ type }) => type === 'text.added')).length;
  told.restarted += broken.filter(({ events }) => events.some(({ type }) => type === 'answer.restarted')).length;
}

/** Whether there is to be a further kill: as many as asked for, and until one has struck answers with words. */
function isDue(round: number, { restarted, worded }: Told): boolean {
  return round < kills || (Math.min(restarted, worded) === 0 && round < kills + FURTHER_KILLS);
}

const without =
  testServerUrl === undefined ? ': skipped, set PLUMB_TEST_DATABASE_URL to a PostgreSQL 17 with pgvector' : '';

describe(`streams of a killed node (seed ${seed})`, () => {
  let folder: string;
  const nodes: Node[] = [];
  const random = seeded(seed);
  const start = async (environment: Readonly<Record<string, string>>): Promise<Node> => {
    const node = await Node.start(environment);
    nodes.push(node);
    return node;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-streams-'));
  });
  afterEach(async () => {
    for (const node of nodes.splice(0)) await node.kill();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describe.skipIf(testServerUrl === undefined)(`two nodes on one PostgreSQL${without}`, () => {
    let server: ServerDatabase;
    let environment: Readonly<Record<string, string>>;
    beforeAll(async () => {
      server = await createServerDatabase();
      environment = { DATABASE_URL: server.url, PLUMB_INDEX: 'pgvector', PLUMB_HOME: join(folder, 'shared') };
    });
    afterAll(() => server.drop());

    it(
      'are taken over by the other node and end with exactly the stored answer',
      async () => {
        const told = { resumed: 0, restarted: 0, worded: 0 };
        let node = await start({ ...environment, SLOW_EVENTS: 'install' });
        await node.upload();
        for (let round = 0; isDue(round, told); round++) {
          const [other, readers] = await Promise.all([
            start(environment),
            streamUntil(node, random, () => node.kill()),
          ]);
          await resume(readers, other, told);
          node = other;
        }
        process.stdout.write(`streams: seed ${seed}, ${kills} kills, ${saidOf(told)} on the other node\n`);
        expect(Math.min(told.restarted, told.worded)).toBeGreaterThan(0);
        // One that was only frozen loses its answers too, and cannot write into them when it wakes up.
        const other = await start(environment);
        const readers = await streamUntil(node, random, () => Promise.resolve(node.freeze(true)));
        await resume(readers, other, told);
        node.freeze(false);
        await pause(500);
        for (const reader of readers.filter(({ begun }) => begun)) await expectWhole(reader, other, 'after the thaw');
      },
      PATIENCE_MS,
    );
  });

  it(
    'end with exactly the stored answer after a restart on the embedded database',
    async () => {
      const told = { resumed: 0, restarted: 0, worded: 0 };
      const environment = { PLUMB_HOME: join(folder, 'embedded') };
      await copyTemplate(environment.PLUMB_HOME);
      let node = await start({ ...environment, SLOW_EVENTS: 'install' });
      await node.upload();
      for (let round = 0; isDue(round, told); round++) {
        const readers = await streamUntil(node, random, () => node.kill());
        node = await start(environment);
        await resume(readers, node, told);
      }
      process.stdout.write(`streams: seed ${seed}, embedded, ${saidOf(told)} after the restart\n`);
      expect(Math.min(told.restarted, told.worded)).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );
});

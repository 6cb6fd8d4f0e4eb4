/** `kill -9` at seeded random moments: what was acknowledged is there afterwards, once, and the index equals the store. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyTemplate } from '../../src/store/database-template.ts';
import { type Ledger, seeded, type Task, type Told, type Verdict } from './protocol.ts';

const rounds = Number(process.env['PLUMB_CRASH_ROUNDS'] ?? process.env['PLUMB_CRASH_RUNS'] ?? 5);
const seed = Number(process.env['PLUMB_CRASH_SEED'] ?? Math.floor(Date.now() % 1_000_000));

/** How long a process may live after it has begun to work, and how often it dies earlier, while it starts. */
const MAX_WORK_MS = 1200;
const KILLED_AT_START = 0.15;
const MAX_START_MS = 900;

class Acknowledged {
  readonly stored = new Map<string, string>();
  readonly deleting = new Set<string>();
  readonly deleted = new Map<string, string>();

  note(told: Told): void {
    if (told.kind === 'stored') this.stored.set(told.versionId, told.documentId);
    if (told.kind === 'deleting') this.deleting.add(told.documentId);
    if (told.kind === 'deleted') this.deleted.set(told.documentId, told.word);
  }

  ledger(): Ledger {
    return { stored: [...this.stored], deleting: [...this.deleting], deleted: [...this.deleted] };
  }
}

interface Round {
  readonly verdict: Verdict | null;
  readonly failure: string | null;
}

/** Runs a process until it is killed, or until it ends when it is the last. */
async function runProcess(
  task: Task,
  told: Acknowledged,
  killAfter: { startMs: number | null; workMs: number },
): Promise<Round> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'ingesting-process.ts'), { execArgv: [] });
  let verdict: Verdict | null = null;
  let failure: string | null = null;
  let stage = 'start';
  const timers: NodeJS.Timeout[] = [];
  const killIn = (ms: number): void => void timers.push(setTimeout(() => child.kill('SIGKILL'), ms));
  child.on('message', (message: Told) => {
    told.note(message);
    if (message.kind === 'reached') stage = message.stage;
    if (message.kind === 'verified') verdict = message.verdict;
    if (message.kind === 'failed') failure = message.error;
    if (message.kind === 'working') killIn(killAfter.workMs);
  });
  const exited = once(child, 'exit');
  child.send(task);
  killIn(task.last ? 60_000 : (killAfter.startMs ?? 30_000));
  await exited;
  for (const timer of timers) clearTimeout(timer);
  if (killAfter.startMs === null && verdict === null) failure ??= `It came no further than the stage ${stage}.`;
  return { verdict, failure };
}

test(`nothing acknowledged is lost, doubled or brought back by ${rounds} kills (seed ${seed})`, async () => {
  const random = seeded(seed);
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-crash-'));
  const place = { home: join(folder, 'home'), folder: join(folder, 'files') };
  await copyTemplate(place.home);
  const told = new Acknowledged();
  let verified = 0;
  const began = performance.now();
  for (let round = 0; round < rounds; round++) {
    const startMs = round > 0 && random() < KILLED_AT_START ? random() * MAX_START_MS : null;
    const task = { ...place, seed: seed * 1000 + round, ledger: told.ledger(), last: false };
    const { verdict, failure } = await runProcess(task, told, { startMs, workMs: random() * MAX_WORK_MS });
    expect(failure, `round ${round} of seed ${seed}`).toBeNull();
    if (startMs === null) expect(verdict, `round ${round} of seed ${seed}`).not.toBeNull();
    expect(verdict?.problems ?? [], `round ${round} of seed ${seed}`).toEqual([]);
    if (verdict !== null) verified++;
  }
  const last = { ...place, seed, ledger: told.ledger(), last: true };
  const { verdict, failure } = await runProcess(last, told, { startMs: null, workMs: 0 });
  expect(failure, `seed ${seed}`).toBeNull();
  expect(verdict?.problems, `seed ${seed}`).toEqual([]);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `crash: seed ${seed}, ${rounds} kills, ${verified + 1} checks, ${told.stored.size} versions acknowledged, ` +
      `${told.deleted.size} documents deleted; at the end ${JSON.stringify({ ...verdict, problems: undefined })}, ${seconds} s\n`,
  );
  await rm(folder, { recursive: true, force: true });
});

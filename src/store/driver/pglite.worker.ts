/** The embedded database in its own thread: bytes of PostgreSQL's protocol in, rows out. Started by `pglite-driver.ts`. */
import { writeFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, messages, protocol } from '@electric-sql/pglite';
import { bindHead, bindParameters } from './bind-parameters.ts';
import { decoderOf } from './codec.ts';
import { giveWay } from '../give-way.ts';
import { JoinedBytes } from './joined-bytes.ts';
import type { PgliteRequest, PgliteResponse, PgliteStatement, PgliteWorkerData } from './pglite-protocol.ts';
import { PGLITE_START } from './pglite-settings.ts';
import { failureOf } from './sql-error.ts';
import type { SqlResult } from './sql-driver.ts';

const { serialize } = protocol;
const NOTHING: SqlResult = { columns: [], rows: [], command: '' };

/** A prepared statement; its plan is good for tables about as large as they were when it was made. */
interface KeptPlan {
  readonly name: string;
  /** Whether it is known to be there. */
  isThere: boolean;
  uses: number;
  /** Uses after which it is made anew. */
  good: number;
}

const NO_PARAMETERS = bindParameters([]);
/** Bytes of the message under way. */
const joined = new JoinedBytes();

/** Prepared statements by their words. */
const prepared = new Map<string, KeptPlan>();

/** A plan is made anew after so many uses at first, then after twice as many each time, at most after so many. */
const PLAN_USES = { first: 8, most: 256 } as const;

/** Executes a statement whose plan is kept, and parses it first where it is not known to be there. */
function executingKept({ sql, parameters }: PgliteStatement): Uint8Array[] {
  const known = prepared.get(sql) ?? { name: `kept${prepared.size}`, isThere: false, uses: 0, good: PLAN_USES.first };
  prepared.set(sql, known);
  if (++known.uses > known.good) {
    const good = Math.min(known.good * 2, PLAN_USES.most);
    Object.assign(known, { isThere: false, uses: 1, good });
  }
  const { name, isThere } = known;
  const execution = executing(name, parameters ?? NO_PARAMETERS);
  // One that was parsed and then failed is there, though not known to be.
  if (isThere) return execution;
  return [serialize.close({ type: 'S', name }), serialize.parse({ name, text: sql }), ...execution];
}

/** The statement succeeded. */
function noteThere({ sql }: PgliteStatement): void {
  const known = prepared.get(sql);
  if (known !== undefined) known.isThere = true;
}

function bytesOf(statement: PgliteStatement): Uint8Array[] {
  const { sql, parameters, keepPlan } = statement;
  if (parameters === null) return [serialize.query(sql)];
  if (keepPlan === true) return [...executingKept(statement), serialize.sync()];
  return [serialize.parse({ text: sql }), ...executing('', parameters), serialize.sync()];
}

function executing(statement: string, parameters: NonNullable<PgliteStatement['parameters']>): Uint8Array[] {
  return [bindHead(statement, parameters), parameters, serialize.describe({ type: 'P' }), serialize.execute({})];
}

type Messages = Awaited<ReturnType<PGlite['execProtocolStream']>>;

/** The rows of the last statement. @throws the first error among the messages */
function resultOf(answers: Messages): SqlResult {
  let columns: string[] = [];
  let command = '';
  const rows: unknown[][] = [];
  let decoders: ((text: string) => unknown)[] = [];
  for (const message of answers) {
    if (message instanceof messages.DatabaseError) throw message;
    if (message.name === 'bindComplete') {
      columns = [];
      rows.length = 0;
    } else if (message instanceof messages.RowDescriptionMessage) {
      decoders = message.fields.map((field) => decoderOf(field.dataTypeID));
      columns = message.fields.map((field) => field.name);
      rows.length = 0;
    } else if (message instanceof messages.DataRowMessage) {
      rows.push(message.fields.map((field, column) => (field === null ? null : decoders[column]?.(field))));
    } else if (message instanceof messages.CommandCompleteMessage) command = message.text.split(' ', 1)[0] ?? '';
  }
  return { columns, rows, command };
}

async function send(database: PGlite, bytes: readonly Uint8Array[]): Promise<SqlResult> {
  return resultOf(
    await database.execProtocolStream(joined.join(bytes), {
      throwOnError: false,
      syncToFs: false,
    }),
  );
}

async function run(database: PGlite, statements: readonly PgliteStatement[]): Promise<SqlResult> {
  let result = NOTHING;
  for (const statement of statements) {
    result = await send(database, bytesOf(statement));
    if (statement.keepPlan === true) noteThere(statement);
  }
  return result;
}

/** In one transaction, which nothing opens and the end of the messages ends; a failure undoes all of it. */
async function runTogether(database: PGlite, statements: readonly PgliteStatement[]): Promise<SqlResult> {
  const result = await send(database, [...statements.flatMap(executingKept), serialize.sync()]);
  for (const statement of statements) noteThere(statement);
  return result;
}

async function carryOut(database: PGlite, request: PgliteRequest): Promise<SqlResult> {
  if (request.kind === 'together') return await runTogether(database, request.statements);
  if (request.kind === 'run') {
    try {
      return await run(database, request.statements);
    } finally {
      if (request.restore !== undefined) await run(database, [{ sql: request.restore, parameters: null }]);
    }
  }
  if (request.kind === 'close') await database.close();
  else {
    const dump = await database.dumpDataDir('gzip');
    await writeFile(request.file, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600 });
  }
  return NOTHING;
}

async function answer(opening: Promise<PGlite>, request: PgliteRequest): Promise<PgliteResponse> {
  try {
    return { id: request.id, result: await carryOut(await opening, request) };
  } catch (error) {
    return { id: request.id, failure: failureOf(error) };
  }
}

function main(port: NonNullable<typeof parentPort>): void {
  const { directory } = workerData as PgliteWorkerData;
  const opening = PGlite.create(directory, PGLITE_START);
  opening.catch(() => undefined); // every request's answer tells of it
  let tail: Promise<unknown> = Promise.resolve();
  port.on('message', (request: PgliteRequest) => {
    tail = tail.then(async () => {
      port.postMessage(await answer(opening, request));
      if (request.kind === 'close') port.close();
    });
  });
}

if (parentPort !== null) {
  // Freeing code of PGlite's that was compiled better meanwhile, V8 ends the process, once in a great while ("allocations_.erase(addr)",
  // https://github.com/nodejs/node/issues/64500). Kept, it takes a few megabytes.
  setFlagsFromString('--no-wasm-code-gc');
  giveWay();
  main(parentPort);
}

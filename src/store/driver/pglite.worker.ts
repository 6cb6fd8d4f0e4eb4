/** The embedded database in its own thread: bytes of PostgreSQL's protocol in, rows out. Started by `pglite-driver.ts`. */
import { writeFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, messages, protocol } from '@electric-sql/pglite';
import { decoderOf } from './codec.ts';
import type { PgliteRequest, PgliteResponse, PgliteStatement, PgliteWorkerData } from './pglite-protocol.ts';
import { PGLITE_START } from './pglite-settings.ts';
import { failureOf } from './sql-error.ts';
import type { SqlResult } from './sql-driver.ts';

const { serialize } = protocol;
const NOTHING: SqlResult = { columns: [], rows: [], command: '' };

/** Names of prepared statements by their words. */
const prepared = new Map<string, string>();

/** What parses a statement, and under which name; a plan that is there already is used again. */
function parsing({ sql, keepPlan }: PgliteStatement): { readonly name: string; readonly bytes: readonly Uint8Array[] } {
  if (keepPlan !== true) return { name: '', bytes: [serialize.parse({ text: sql })] };
  const known = prepared.get(sql);
  if (known !== undefined) return { name: known, bytes: [] };
  const name = `kept${prepared.size}`;
  // One that was parsed and then failed is there, though not noted.
  return { name, bytes: [serialize.close({ type: 'S', name }), serialize.parse({ name, text: sql })] };
}

function bytesOf(statement: PgliteStatement): Uint8Array[] {
  if (statement.parameters === null) return [serialize.query(statement.sql)];
  const { name, bytes } = parsing(statement);
  return [
    ...bytes,
    serialize.bind({ statement: name, values: [...statement.parameters] }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ];
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
    if (message instanceof messages.RowDescriptionMessage) {
      decoders = message.fields.map((field) => decoderOf(field.dataTypeID));
      columns = message.fields.map((field) => field.name);
      rows.length = 0;
    } else if (message instanceof messages.DataRowMessage) {
      rows.push(message.fields.map((field, column) => (field === null ? null : decoders[column]?.(field))));
    } else if (message instanceof messages.CommandCompleteMessage) command = message.text.split(' ', 1)[0] ?? '';
  }
  return { columns, rows, command };
}

async function run(database: PGlite, statements: readonly PgliteStatement[]): Promise<SqlResult> {
  let result = NOTHING;
  for (const statement of statements) {
    const answers = await database.execProtocolStream(Buffer.concat(bytesOf(statement)), {
      throwOnError: false,
      syncToFs: false,
    });
    result = resultOf(answers);
    if (statement.keepPlan === true && !prepared.has(statement.sql))
      prepared.set(statement.sql, `kept${prepared.size}`);
  }
  return result;
}

async function carryOut(database: PGlite, request: PgliteRequest): Promise<SqlResult> {
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

if (parentPort !== null) main(parentPort);

/** A node that is killed while it answers: a server whose events reach the database slowly, so that moments differ. */
import { loadConfig } from '../../src/config/index.ts';
import { createFixedEmbedder } from '../../src/models/testing.ts';
import { startServer } from '../../src/server/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';

/** What the process tells when it can be asked. */
export interface AnsweringNode {
  readonly address: string;
  readonly token: string;
}

/** Each event takes up to 12 ms to write. */
const SLOW = [
  `create or replace function slow_event() returns trigger language plpgsql as $$
   begin perform pg_sleep(random() * 0.012); return new; end $$`,
  'drop trigger if exists slow_event on answer_events',
  'create trigger slow_event before insert on answer_events for each row execute function slow_event()',
];

const home = process.env['PLUMB_HOME'] ?? '';
const embedder = createFixedEmbedder({ dimensions: 256 });
const server = await startServer(loadConfig(process.env, home), { embedder, log: silentLog });
if (process.env['SLOW_EVENTS'] === 'install') {
  await server.platform.database.withSystem('test', async (tx) => {
    for (const statement of SLOW) await tx.query(statement);
  });
}
server.ready();
process.send?.({ address: server.address, token: server.token } satisfies AnsweringNode);
process.on('disconnect', () => process.exit(0));

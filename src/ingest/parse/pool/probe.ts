import { execSync } from 'node:child_process';
import dgram from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Worker } from 'node:worker_threads';

/** Tries every way out of a parser's process, for a test. `refused`: the way is closed. */
export async function probe(): Promise<Record<string, string>> {
  const ways: Readonly<Record<string, () => unknown>> = {
    readFile: () => readFileSync('/etc/hostname'),
    writeFile: () => writeFileSync('/tmp/plumbline-probe', 'x'),
    connect: () => connect(9, '127.0.0.1'),
    socket: () => new Socket().connect(9, '127.0.0.1'),
    tls: () => connectTls(9, '127.0.0.1'),
    http: () => get('http://127.0.0.1:9'),
    udp: () => dgram.createSocket('udp4'),
    dns: () => lookup('localhost'),
    fetch: () => fetch('http://127.0.0.1:9'),
    childProcess: () => execSync('true'),
    worker: () => new Worker('0', { eval: true }),
  };
  const found: Record<string, string> = {};
  for (const [name, way] of Object.entries(ways)) {
    try {
      await way();
      found[name] = 'open';
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      found[name] = code === 'ERR_ACCESS_DENIED' || /no network/.test(message) ? 'refused' : message;
    }
  }
  found['environment'] =
    Object.keys(process.env)
      .filter((name) => name !== 'PWD' && name !== '_' && name !== 'SHLVL')
      .join(' ') || 'empty';
  return found;
}

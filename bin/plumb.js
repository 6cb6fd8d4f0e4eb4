#!/usr/bin/env node
// The `plumb` command. Plain JavaScript that any Node can read, so that an old Node is told what to do.
import { existsSync } from 'node:fs';

const NEEDED_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) < NEEDED_MAJOR) {
  const inCheckout = existsSync(new URL('../scripts/ensure-installed.mjs', import.meta.url));
  const advice = inCheckout
    ? 'Run "node scripts/ensure-installed.mjs", which brings one, then "npm start" or "npm run plumb -- COMMAND".'
    : `Install Node ${NEEDED_MAJOR} or newer from https://nodejs.org and run the command again.`;
  process.stderr.write(`Plumbline needs Node ${NEEDED_MAJOR} or newer; this is ${process.version}. ${advice}\n`);
  process.exitCode = 1;
} else {
  if (process.argv[2] === 'serve') {
    const { restartWith, serveFlags } = await import('./node-flags.js');
    restartWith(serveFlags());
  }
  await import('./quick-start.js');
  // A checkout runs from source; the published package holds only what the build made of it.
  const source = new URL('../src/cli/main.ts', import.meta.url);
  await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href);
}

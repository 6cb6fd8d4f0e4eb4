/**
 * Entry of a parser's process for the tests of the pool: the same lock-down and loop as the real one, but a file named
 * after a misbehaviour makes the parser misbehave.
 */
import { lockDown } from './lock-down.ts';

lockDown();
const { runChild } = await import('./child-loop.ts');
const { parseAndChunk } = await import('../parse-work.ts');
const { probe } = await import('./probe.ts');

await runChild(process.argv[2] ?? '', async (request, counter, progress) => {
  if (request.fileName === 'loop.txt') for (;;);
  if (request.fileName === 'exit.txt') process.exit(7);
  if (request.fileName === 'grow.txt') {
    const kept: Uint8Array[] = [];
    for (;;) {
      kept.push(new Uint8Array(8 * 1024 * 1024).fill(1));
      progress();
    }
  }
  if (request.fileName === 'heap.txt') {
    const kept: object[] = [];
    for (;;) {
      kept.push({ at: kept.length, list: [1, 2, 3] });
      progress();
    }
  }
  if (request.fileName === 'throw.txt') throw new TypeError('unforeseen');
  if (request.fileName === 'probe.txt') {
    const bytes = new TextEncoder().encode(JSON.stringify(await probe()));
    return parseAndChunk({ ...request, bytes, fileName: 'probe.json' }, counter, progress);
  }
  return parseAndChunk(request, counter, progress);
});

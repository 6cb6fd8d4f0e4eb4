// What the server's own process is started with, beside what Node does by itself.
import { availableParallelism } from 'node:os';

/**
 * Flags of Node for the process that serves, so that its main thread seldom stands still (measured with `bench -- ingest`).
 * - `--max-semi-space-size`, MiB: what was just made is collected in smaller portions, 5 ms each instead of 20.
 * - `--v8-pool-size`: no more threads that collect and compile than there are processors left; on two processors the
 *   usual four take the main thread's place.
 * - `--no-allocation-site-pretenuring`: V8 would make objects old from the start where earlier ones of the same line lived long, as
 *   they do while requests queue. Those of every later request then wait for the large collection, which takes both processors
 *   for a quarter of a second, every six seconds at 60 searches a second (p99 113 ms, without it 22).
 * @param {number} [processors] how many there are, ≥ 1
 * @returns {string[]}
 */
export function serveFlags(processors = availableParallelism()) {
  const threads = Math.max(1, Math.min(4, processors - 1));
  return ['--max-semi-space-size=4', `--v8-pool-size=${threads}`, '--no-allocation-site-pretenuring'];
}

/**
 * Starts this process anew with the flags, in its place: same process id, same terminal. Returns, and changes nothing, where the
 * system cannot do that (Windows), or when the flags were given,
 * also as other values.
 * @param {readonly string[]} flags
 */
export function restartWith(flags) {
  const given = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].join(' ');
  const missing = flags.filter((flag) => !given.includes(nameOf(flag)));
  if (missing.length === 0 || typeof process.execve !== 'function' || process.connected) return;
  try {
    process.execve(process.execPath, [process.execPath, ...process.execArgv, ...missing, ...process.argv.slice(1)]);
  } catch {
    // Goes on without them.
  }
}

/**
 * The same for `--name=3`, `--name` and `--no-name`.
 * @param {string} flag
 */
function nameOf(flag) {
  return flag.split('=')[0].replace(/^--(no-)?/, '');
}

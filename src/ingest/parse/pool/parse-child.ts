/** Entry of a parser's process; started by `launch.ts` and nobody else. The lock-down comes before every other import. */
import { lockDown } from './lock-down.ts';

lockDown();
const { runChild } = await import('./child-loop.ts');
await runChild(process.argv[2] ?? '');

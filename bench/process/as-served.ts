import { serveFlags } from '../../bin/node-flags.js';
import type { ContenderOptions } from './contender.ts';

/** The product's own process in a benchmark: started as `plumb serve` starts itself. */
export const asServed: ContenderOptions = {
  nodeArguments: ['--import', new URL('../../bin/quick-start.js', import.meta.url).href, ...serveFlags()],
};

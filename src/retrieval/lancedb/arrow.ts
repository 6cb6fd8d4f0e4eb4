import { createRequire } from 'node:module';
import type * as Arrow from 'apache-arrow';

const ours = createRequire(import.meta.url);

/**
 * Apache Arrow in the very copy that LanceDB has loaded, a CommonJS module: what another copy made (the one that `import` gives) LanceDB would make
 * anew, type by type, at each write.
 */
export const arrow = createRequire(ours.resolve('@lancedb/lancedb'))('apache-arrow') as typeof Arrow;

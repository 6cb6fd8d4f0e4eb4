/** Flags of Node for the process that serves; see node-flags.js. */
export function serveFlags(processors?: number): string[];
/** Starts this process anew with the flags, in its place. */
export function restartWith(flags: readonly string[]): void;

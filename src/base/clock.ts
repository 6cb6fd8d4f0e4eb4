/** Where the time comes from: milliseconds since 1970-01-01T00:00Z. Injected, so that tests choose it. */
export type Clock = () => number;

/** The machine's clock. */
export const systemClock: Clock = () => Date.now();

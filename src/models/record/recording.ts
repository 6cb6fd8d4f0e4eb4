import { recordFetch } from './record-fetch.ts';
import { replayFetch } from './replay-fetch.ts';
import type { Fetch } from './read-asked.ts';

/** What is done with the traffic to providers. */
export interface Recording {
  /** `record`: written into the folder. `replay`: read from it; nothing is sent. */
  readonly mode: 'record' | 'replay';
  /** Absolute path. */
  readonly folder: string;
}

/** Stands for a key that is not set. */
const NO_KEY_NEEDED = 'replayed';

/** `fetch` with the recording between; without one, itself. @param secrets values that must not be written */
export function withRecording(fetch: Fetch, recording: Recording | null, secrets: readonly string[]): Fetch {
  if (recording === null) return fetch;
  return recording.mode === 'record'
    ? recordFetch(fetch, recording.folder, secrets)
    : replayFetch(recording.folder, secrets);
}

/** How keys are read: what is replayed needs none. */
export function keysFor(recording: Recording | null, key: ReadKey): ReadKey {
  return recording?.mode === 'replay' ? (variable) => key(variable) ?? NO_KEY_NEEDED : key;
}

type ReadKey = (variable: string) => string | undefined;

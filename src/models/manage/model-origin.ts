import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** File in a pulled model's folder that says where it came from. */
export const ORIGIN_FILE = 'ORIGIN.json';

const origin = z.object({
  /** Address or path it was pulled from. */
  source: z.string(),
  /** ISO 8601, UTC. */
  pulledAt: z.string(),
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
});

/** Where a pulled model came from, and what exactly came. */
export type ModelOrigin = z.infer<typeof origin>;

/** Reads it; null when the folder has none or it is unreadable. */
export async function readOrigin(folder: string): Promise<ModelOrigin | null> {
  try {
    return origin.parse(JSON.parse(await readFile(join(folder, ORIGIN_FILE), 'utf8')));
  } catch {
    return null;
  }
}

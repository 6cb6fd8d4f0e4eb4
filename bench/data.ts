import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's root. */
export const projectRoot = resolve(import.meta.dirname, '..');

/** What may be kept from one run to the next: document vectors. Not committed; deleting it costs time only. */
export const cacheFolder = join(projectRoot, '.cache', 'bench');

/**
 * The folder of test data: `PLUMBLINE_DATA`, else `../shared/data` beside the project.
 * @returns null when it is not there; callers then fall back to generated text or say what is missing
 */
function dataFolder(): string | null {
  const folder = resolve(process.env['PLUMBLINE_DATA'] ?? join(projectRoot, '..', 'shared', 'data'));
  return existsSync(folder) ? folder : null;
}

/** The BEIR-layout folders of the test data, by name. Empty when there is no test data. */
export function retrievalSets(): string[] {
  const data = dataFolder();
  if (data === null) return [];
  return ['scifact', 'cranfield'].map((name) => join(data, 'retrieval', name)).filter((folder) => existsSync(folder));
}

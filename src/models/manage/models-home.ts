import { isAbsolute, join, resolve } from 'node:path';
import { defaultModel } from '../default-model.ts';

/** Where pulled models live under the platform's home. */
export function modelsFolder(home: string): string {
  return join(home, 'models');
}

/**
 * The folder of a model somebody named: the shipped one, a pulled one, or a path.
 * @param given the shipped model's name or `default`, a name under `<home>/models`, or a path with a separator
 */
export function folderOfModel(home: string, given: string): string {
  if (given === 'default' || given === defaultModel.name) return defaultModel.folder;
  return isAbsolute(given) || /[/\\]/.test(given) ? resolve(given) : join(modelsFolder(home), given);
}

/** Whether a name can be a folder under `<home>/models`. */
export function isModelName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name);
}

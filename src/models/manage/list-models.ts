import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PlumblineError } from '../../base/index.ts';
import { defaultModel } from '../default-model.ts';
import { describeModel } from '../local/describe-model.ts';
import { modelsFolder } from './models-home.ts';
import { readOrigin } from './model-origin.ts';

/** One model that is on this machine. */
export interface InstalledModel {
  readonly name: string;
  /** Absolute path. */
  readonly folder: string;
  readonly shipped: boolean;
  /** Null when only loading it would tell. */
  readonly dimensions: number | null;
  readonly maxTokens: number | null;
  /** Size of the ONNX file; null when there is none. */
  readonly onnxBytes: number | null;
  /** Where it was pulled from; null for the shipped model and for folders somebody copied. */
  readonly source: string | null;
  /** Why it cannot be run; null when it can. */
  readonly problem: string | null;
}

/**
 * The shipped model and those under `<home>/models`, by name. A broken folder is listed with its problem.
 * @param home the platform's home, absolute path; need not exist
 */
export async function listModels(home: string): Promise<InstalledModel[]> {
  const entries = await readdir(modelsFolder(home), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const pulled = names.sort().map((name) => inspect(name, join(modelsFolder(home), name)));
  const { name, folder, dimensions, maxTokens } = defaultModel;
  const shipped = { ...(await inspect(name, folder)), shipped: true, dimensions, maxTokens };
  return [shipped, ...(await Promise.all(pulled))];
}

async function inspect(name: string, folder: string): Promise<InstalledModel> {
  const source = (await readOrigin(folder))?.source ?? null;
  const known = { name, folder, shipped: false, source };
  try {
    const { dimensions, maxTokens, onnxFile } = await describeModel(folder);
    const { size } = await stat(join(folder, onnxFile));
    return { ...known, dimensions, maxTokens, onnxBytes: size, problem: null };
  } catch (error) {
    const problem = error instanceof PlumblineError ? error.message : String(error);
    return { ...known, dimensions: null, maxTokens: null, onnxBytes: null, problem };
  }
}

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const settings = [
  'package.json',
  'tsconfig.json',
  'oxlint.config.ts',
  'knip.json',
  'biome.json',
  'scripts/lint',
  // Ends the search for ignore files above.
  '.gitignore',
];

/** What a checker said and how it ended. */
export interface CheckerResult {
  readonly status: number | null;
  readonly output: string;
}

/** A project of planted files in a temporary folder under our own settings, on which the real checkers run. */
export class PlantedProject {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'plumbline-gates-'));

  /** @param files path relative to the project → content */
  constructor(files: Readonly<Record<string, string>>) {
    for (const path of settings) cpSync(join(root, path), join(this.folder, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), content);
    }
  }

  /** Runs a checker of node_modules/.bin in the project. */
  run(program: string, parameters: readonly string[]): CheckerResult {
    const result = spawnSync(join(root, 'node_modules', '.bin', program), parameters, {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32',
    });
    return { status: result.status, output: `${result.stdout}${result.stderr}` };
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { PlumblineError } from '../../base/index.ts';
import { contextOf, present } from '../command.ts';
import { refuseWhileInUse } from './home-in-use.ts';

/** The command would destroy data and was not told to. */
class NotConfirmed extends PlumblineError {
  constructor(home: string) {
    super({
      code: 'reset.not-confirmed',
      kind: 'caller',
      message: `This deletes everything in ${home}. Run \`plumb reset --yes\` if that is what you want; \`plumb backup FILE\` keeps a copy.`,
    });
  }
}

/** A folder that no Plumbline made, or that holds more than Plumbline put there. */
class NotAHome extends PlumblineError {
  constructor(home: string, why: string) {
    super({ code: 'home.unknown', kind: 'caller', message: `${home} ${why}, so nothing was deleted.` });
  }
}

/** What Plumbline itself puts into a home. */
const OWN = /^(database.*|blobs|index|models|dumps|plumb\.lock(\..*)?|server\.json(\..*)?)$/;

/** `plumb reset` */
export function addResetCommand(program: Command): void {
  program
    .command('reset')
    .description('Delete this home with everything in it')
    .option('--yes', 'really')
    .addHelpText('after', '\nExample:\n  plumb backup before-reset.tar.gz && plumb reset --yes\n')
    .action(async (options: { yes?: boolean }, command: Command) => {
      const context = await contextOf(command);
      const { home } = context.config;
      await refuseUnknown(home);
      await refuseWhileInUse(context.config);
      if (options.yes !== true) throw new NotConfirmed(home);
      await rm(home, { recursive: true, force: true });
      present(context, { deleted: home }, (terminal) =>
        terminal.print(`${home} is gone. \`npm start\` makes a new one.`),
      );
    });
}

/** PLUMB_HOME might point anywhere: a folder with anything foreign in it is left alone. */
async function refuseUnknown(home: string): Promise<void> {
  const entries = await readdir(home).catch(() => null);
  if (entries === null) throw new NotAHome(home, 'does not exist');
  const isHome = (await stat(join(home, 'database')).catch(() => null)) !== null || entries.includes('index');
  if (!isHome) throw new NotAHome(home, 'does not look like a Plumbline home');
  const foreign = entries.find((name) => !OWN.test(name));
  if (foreign !== undefined)
    throw new NotAHome(home, `also holds ${JSON.stringify(foreign)}, which is not Plumbline’s`);
}

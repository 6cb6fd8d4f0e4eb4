import { PlumblineError } from '../../base/index.ts';
import type { Config } from '../../config/index.ts';
import { runningServer } from '../client/connect.ts';

/** Something runs on the home that must be stopped first. */
class HomeInUse extends PlumblineError {
  constructor(home: string, by: string) {
    super({
      code: 'home.locked',
      kind: 'caller',
      message: `${home} is in use by ${by}. Stop it and run the command again.`,
    });
  }
}

/** For commands that replace a home: nobody else may be using it. @throws PlumblineError `home.locked` */
export async function refuseWhileInUse(config: Config): Promise<void> {
  const server = await runningServer(config);
  if (server !== null) throw new HomeInUse(config.home, `the server at ${server}`);
  const { homeHolder } = await import('../../store/index.ts');
  const holder = await homeHolder(config.home);
  if (holder !== null) throw new HomeInUse(config.home, `process ${holder.pid}`);
}
